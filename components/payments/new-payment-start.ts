/** What the form of a new payment begins with, as texts of its fields. */
export type NewPaymentStart = {
  mchOrderNo: string;
  wayCode: string;
  credentialId: string;
  amount: string;
  currency: string;
  subject: string;
  body: string;
  expiredTimeSeconds: string;
  returnUrl: string;
  extParam: string;
  /** `1`: the money is only held. */
  hold: "" | "1";
};
