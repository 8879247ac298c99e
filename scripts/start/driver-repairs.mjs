// @ts-check

/** The version that the repairs below were made for. */
export const repairedVersion = "3.4.9";

/**
 * What the database driver does wrong when a connection is lost, and what stands there instead. The same text is in its
 * ES modules and in its CommonJS modules. Why it is mended and not replaced: docs/decisions/0015.
 *
 * @type {readonly { why: string, file: "connection.js" | "index.js", find: string, put: string }[]}
 */
export const repairs = [
  {
    why: "a write that comes after the close is dropped; it would end the process from a timer (porsager/postgres#1154)",
    file: "connection.js",
    find: "    const x = socket.write(chunk, fn)\n",
    put: "    const x = socket !== null && socket.write(chunk, fn)\n",
  },
  {
    why: "what is asked on a closed connection hears so; it would wait for ever (porsager/postgres#1208)",
    file: "connection.js",
    find: "    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
    put: "    if (socket === null)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n    if (stream)\n      return queryError(q, Errors.generic('COPY_IN_PROGRESS'",
  },
  {
    why: "what was not sent any more, and what the old server said last, does not reach the next connection",
    file: "connection.js",
    find: "    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n    socket.removeListener('connect', connected)\n    idleTimer",
    put: "    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = errorResponse = null\n    rows = 0\n    socket.removeListener('data', data)\n    socket.removeListener('connect', connected)\n    idleTimer",
  },
  {
    why: "a query whose server closes before it could be asked hears so; it would be tried without end or pause",
    file: "connection.js",
    find: "    if (initial)\n      return reconnect()\n",
    put: "    if (initial && options.host[1])\n      return reconnect()\n",
  },
  {
    why: "every query of a lost connection is refused, however it was lost, and none takes the answers of the next one",
    file: "connection.js",
    find: "    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
    put: "    ;(initial || query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    query = null\n",
  },
  {
    why: "the driver's own first question fails with the query that waits for it, and not the process besides",
    file: "connection.js",
    find: "        return fetchArrayTypes()\n",
    put: "        return fetchArrayTypes().catch(noop)\n",
  },
  {
    why: "a transaction ends with its connection; what it does next would be done outside of it (porsager/postgres#1155)",
    file: "index.js",
    find: "        new Promise((_, reject) => connection.onclose = reject)\n",
    put: "        new Promise((_, reject) => connection.onclose = e => {\n          lost = e\n          while (queries.length)\n            queries.shift().reject(e)\n          reject(e)\n        })\n",
  },
  {
    why: "the same",
    file: "index.js",
    find: "      , connection\n      , prepare = null\n",
    put: "      , connection\n      , prepare = null\n      , lost = null\n",
  },
  {
    why: "the same",
    file: "index.js",
    find: "        q.catch(e => uncaughtError || (uncaughtError = e))\n",
    put: "        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost)\n          return q.reject(lost)\n\n",
  },
];
