import type { SnippetCall, SnippetProgram } from "./snippet-request";
import { literal, quotesAndBackslashes, utf16Escapes } from "./string-literal";

// Java turns \uXXXX into its character before it looks for quotes, so a control character is written in octal.
const quoted = (text: string) =>
  literal(text, {
    special: quotesAndBackslashes,
    escape: (point) => (point < 0x80 ? `\\${point.toString(8).padStart(3, "0")}` : utf16Escapes(point)),
  });

/** A program for Java 17 and newer, standard library alone. It writes its JSON by hand, because Java brings none. */
export function java({ baseUrl, encoding, calls }: SnippetProgram): string {
  const isJson = encoding === "json";
  return `// Save as Request.java in UTF-8, then: COUNTERSIGN_SECRET=... java -Dfile.encoding=UTF-8 Request.java
import java.io.PrintStream;
import java.net.URI;
${isJson ? "" : "import java.net.URLEncoder;\n"}import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Request {
    static final String BASE_URL = ${quoted(baseUrl)};
    static final String SECRET = System.getenv("COUNTERSIGN_SECRET");
    static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Every field that is not empty as name=value&, sorted without looking at case, then key= and the secret. */
    static String signatureOf(Map<String, Object> fields) throws Exception {
        List<String> pieces = new ArrayList<>();
        fields.forEach((name, value) -> {
            if (!name.equals("sign") && !value.equals("")) pieces.add(name + "=" + value + "&");
        });
        pieces.sort(String.CASE_INSENSITIVE_ORDER);
        String text = String.join("", pieces) + "key=" + SECRET;
        byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().withUpperCase().formatHex(digest);
    }

${isJson ? jsonBody : formBody}

    static void send(String path, Object[][] pairs) throws Exception {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Object[] pair : pairs) fields.put((String) pair[0], pair[1]);
        fields.put("sign", signatureOf(fields));
        HttpRequest request = HttpRequest.newBuilder(URI.create(BASE_URL + path))
            .header("Accept", "application/json")
            .header("Content-Type", "${isJson ? "application/json" : "application/x-www-form-urlencoded"};charset=UTF-8")
            .POST(HttpRequest.BodyPublishers.ofString(bodyOf(fields), StandardCharsets.UTF_8))
            .build();
        HttpResponse<String> answer =
            CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(answer.body());
    }

    public static void main(String[] arguments) throws Exception {
        if (SECRET == null || SECRET.isEmpty()) {
            throw new IllegalStateException("Set COUNTERSIGN_SECRET to the secret of the application.");
        }
${calls.map(callOf).join("")}    }
}
`;
}

const jsonBody = `    static String bodyOf(Map<String, Object> fields) {
        List<String> members = new ArrayList<>();
        fields.forEach((name, value) ->
            members.add(json(name) + ":" + (value instanceof Long ? value.toString() : json((String) value))));
        return "{" + String.join(",", members) + "}";
    }

    static String json(String text) {
        StringBuilder written = new StringBuilder("\\"");
        for (char unit : text.toCharArray()) {
            if (unit == '"' || unit == '\\\\') written.append('\\\\').append(unit);
            else if (unit < ' ') written.append(String.format("\\\\u%04x", (int) unit));
            else written.append(unit);
        }
        return written.append('"').toString();
    }`;

const formBody = `    static String bodyOf(Map<String, Object> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) ->
            pairs.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8)));
        return String.join("&", pairs);
    }`;

function callOf({ path, fields }: SnippetCall): string {
  const lines = fields.map(
    ([name, value]) => `            {${quoted(name)}, ${typeof value === "number" ? `${value}L` : quoted(value)}},\n`,
  );
  return `        send(${quoted(path)}, new Object[][] {\n${lines.join("")}        });\n`;
}
