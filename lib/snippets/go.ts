import type { SnippetCall, SnippetProgram } from "./snippet-request";
import { literal, pointEscapes, quotesAndBackslashes } from "./string-literal";

const quoted = (text: string) => literal(text, { special: quotesAndBackslashes, escape: pointEscapes });

/** A program for Go 1.21 and newer, standard library alone. */
export function go({ baseUrl, encoding, calls }: SnippetProgram): string {
  const isJson = encoding === "json";
  const imports = [
    ...["crypto/md5", "encoding/hex", "fmt", "io", "net/http", "os", "sort", "strings"],
    ...(isJson ? ["encoding/json"] : ["net/url"]),
  ].sort();
  return `// Save as request.go, then: COUNTERSIGN_SECRET=... go run request.go
package main

import (
${imports.map((name) => `\t"${name}"\n`).join("")})

type field struct {
	name  string
	value any
}

const baseURL = ${quoted(baseUrl)}

var secret = os.Getenv("COUNTERSIGN_SECRET")

// signatureOf hashes every field that is not empty as name=value&, sorted without looking at case, then key= and the secret.
func signatureOf(fields []field) string {
	var pieces []string
	for _, one := range fields {
		if one.name != "sign" && one.value != "" {
			pieces = append(pieces, fmt.Sprintf("%s=%v&", one.name, one.value))
		}
	}
	sort.SliceStable(pieces, func(i, j int) bool { return strings.ToLower(pieces[i]) < strings.ToLower(pieces[j]) })
	digest := md5.Sum([]byte(strings.Join(pieces, "") + "key=" + secret))
	return strings.ToUpper(hex.EncodeToString(digest[:]))
}

${isJson ? jsonBody : formBody}

func send(path string, fields []field) error {
	signed := append(fields, field{"sign", signatureOf(fields)})
	request, err := http.NewRequest("POST", baseURL+path, strings.NewReader(bodyOf(signed)))
	if err != nil {
		return err
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Content-Type", "${isJson ? "application/json" : "application/x-www-form-urlencoded"};charset=UTF-8")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	fmt.Println(string(text))
	return err
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	if secret == "" {
		must(fmt.Errorf("set COUNTERSIGN_SECRET to the secret of the application"))
	}
${calls.map(callOf).join("")}}
`;
}

const jsonBody = `func bodyOf(fields []field) string {
	members := map[string]any{}
	for _, one := range fields {
		members[one.name] = one.value
	}
	text, err := json.Marshal(members)
	must(err)
	return string(text)
}`;

const formBody = `func bodyOf(fields []field) string {
	form := url.Values{}
	for _, one := range fields {
		form.Set(one.name, fmt.Sprint(one.value))
	}
	return form.Encode()
}`;

function callOf({ path, fields }: SnippetCall): string {
  const lines = fields.map(
    ([name, value]) => `\t\t{${quoted(name)}, ${typeof value === "number" ? value : quoted(value)}},\n`,
  );
  return `\tmust(send(${quoted(path)}, []field{\n${lines.join("")}\t}))\n`;
}
