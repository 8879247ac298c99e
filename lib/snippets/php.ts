import type { SnippetCall, SnippetProgram } from "./snippet-request";
import { hex, literal } from "./string-literal";

const quoted = (text: string) => literal(text, { special: /["\\$]/g, escape: (point) => `\\u{${hex(point, 1)}}` });

/** A program for PHP 8.1 and newer without extensions beyond the standard ones. */
export function php({ baseUrl, encoding, calls }: SnippetProgram): string {
  const isJson = encoding === "json";
  const body = isJson
    ? "json_encode($signed, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR)"
    : "http_build_query($signed)";
  return `<?php
// Save as request.php, then: COUNTERSIGN_SECRET=... php request.php
declare(strict_types=1);

const BASE_URL = ${quoted(baseUrl)};

$secret = (string) getenv('COUNTERSIGN_SECRET');
if ($secret === '') {
    exit("Set COUNTERSIGN_SECRET to the secret of the application.\\n");
}

/** Every field that is not empty as name=value&, sorted without looking at case, then key= and the secret. */
function signature_of(array $fields, string $secret): string
{
    $pieces = [];
    foreach ($fields as $name => $value) {
        if ($name !== 'sign' && $value !== '' && $value !== null) {
            $pieces[] = $name . '=' . $value . '&';
        }
    }
    usort($pieces, 'strcasecmp');
    return strtoupper(md5(implode('', $pieces) . 'key=' . $secret));
}

function send(string $path, array $fields, string $secret): void
{
    $signed = $fields + ['sign' => signature_of($fields, $secret)];
    $answer = file_get_contents(BASE_URL . $path, false, stream_context_create(['http' => [
        'method' => 'POST',
        'header' => [
            'Accept: application/json',
            'Content-Type: ${isJson ? "application/json" : "application/x-www-form-urlencoded"};charset=UTF-8',
        ],
        'content' => ${body},
        'timeout' => 30,
        'ignore_errors' => true,
    ]]));
    echo $answer, "\\n";
}

${calls.map(callOf).join("\n")}
`;
}

function callOf({ path, fields }: SnippetCall): string {
  const lines = fields.map(
    ([name, value]) => `    ${quoted(name)} => ${typeof value === "number" ? value : quoted(value)},\n`,
  );
  return `send(${quoted(path)}, [\n${lines.join("")}], $secret);`;
}
