import type { SnippetCall, SnippetProgram } from "./snippet-request";
import { literal, pointEscapes, quotesAndBackslashes } from "./string-literal";

const quoted = (text: string) => literal(text, { special: quotesAndBackslashes, escape: pointEscapes });

/** A program for .NET 8 and newer, standard library alone. */
export function csharp({ baseUrl, encoding, calls }: SnippetProgram): string {
  const isJson = encoding === "json";
  return `// .NET 10: save as request.cs, then: COUNTERSIGN_SECRET=... dotnet run request.cs
// .NET 8 and 9: make it the Program.cs of a console project, then: COUNTERSIGN_SECRET=... dotnet run
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
${isJson ? "using System.Text.Json.Nodes;\n" : ""}using System.Threading.Tasks;

const string BaseUrl = ${quoted(baseUrl)};
var secret = Environment.GetEnvironmentVariable("COUNTERSIGN_SECRET");
if (string.IsNullOrEmpty(secret)) throw new Exception("Set COUNTERSIGN_SECRET to the secret of the application.");
Console.OutputEncoding = Encoding.UTF8;
using var client = new HttpClient();

// Every field that is not empty as name=value&, sorted without looking at case, then key= and the secret.
string SignatureOf(IEnumerable<(string Name, object Value)> fields)
{
    var pieces = fields
        .Where(field => field.Name != "sign" && !field.Value.Equals(""))
        .Select(field => field.Name + "=" + field.Value + "&")
        .OrderBy(piece => piece.ToLowerInvariant(), StringComparer.Ordinal);
    var text = string.Concat(pieces) + "key=" + secret;
    return Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}

async Task Send(string path, params (string Name, object Value)[] fields)
{
    var signed = fields.Append(("sign", (object)SignatureOf(fields)));
${isJson ? jsonBody : formBody}
    using var request = new HttpRequestMessage(HttpMethod.Post, BaseUrl + path) { Content = content };
    request.Headers.Add("Accept", "application/json");
    using var answer = await client.SendAsync(request);
    Console.WriteLine(await answer.Content.ReadAsStringAsync());
}

${calls.map(callOf).join("\n")}
`;
}

const jsonBody = `    var body = new JsonObject();
    foreach (var (name, value) in signed)
    {
        body[name] = value is long number ? JsonValue.Create(number) : JsonValue.Create((string)value);
    }
    var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");`;

const formBody = `    var pairs = signed.Select(field => new KeyValuePair<string, string>(field.Item1, field.Item2.ToString()!));
    var content = new FormUrlEncodedContent(pairs);`;

function callOf({ path, fields }: SnippetCall): string {
  const lines = fields.map(
    ([name, value]) => `    (${quoted(name)}, ${typeof value === "number" ? `${value}L` : quoted(value)})`,
  );
  return `await Send(${quoted(path)},\n${lines.join(",\n")});`;
}
