/** ref-empty: what the framework alone costs for a message. It reads nothing and keeps nothing. */
export function POST() {
  return new Response("success", { headers: { "content-type": "text/plain" } });
}
