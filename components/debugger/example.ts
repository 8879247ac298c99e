/** An invented request with an invented secret. It was signed without `signType`. */
export const example = {
  secret: "Inv3ntedKeyForTheExampleOfTheDebuggerOnly",
  pasted: `curl -sS https://gateway.example/api/pay/unifiedOrder \\
  -H 'Content-Type: application/json' -d '{
  "mchNo": "M1000000001",
  "appId": "60cc09bce4b0f1c0b83761c9",
  "mchOrderNo": "EXAMPLE-7KQ2M4",
  "wayCode": "WX_QR",
  "amount": 8800,
  "currency": "HKD",
  "subject": "Flat white × 2",
  "body": "Counter 2, cups to go",
  "clientIp": "203.0.113.7",
  "notifyUrl": "https://shop.example/n/pay",
  "returnUrl": "",
  "expiredTime": 300,
  "reqTime": 1795070081118,
  "version": "1.0",
  "signType": "MD5",
  "sign": "A47E09FF4331D9FDDA11BDB17B69BD1C"
}'`,
};
