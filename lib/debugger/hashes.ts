import { hmac } from "@noble/hashes/hmac";
import { md5, sha1 } from "@noble/hashes/legacy";
import { sha256, sha512 } from "@noble/hashes/sha2";
import { bytesToHex } from "@noble/hashes/utils";
import { fastMd5 } from "./fast-md5";

/** One way from bytes to a digest of `length` bytes. `key` is the key as the signer had it; plain hashes ignore it. */
export type Hash = { readonly length: number; readonly of: (bytes: Uint8Array, key: string) => Uint8Array };

const utf8 = new TextEncoder();

export const plainMd5: Hash = { length: 16, of: (bytes) => fastMd5(bytes) };
export const plainSha1: Hash = { length: 20, of: (bytes) => sha1(bytes) };
export const plainSha256: Hash = { length: 32, of: (bytes) => sha256(bytes) };
export const plainSha512: Hash = { length: 64, of: (bytes) => sha512(bytes) };
export const hmacMd5: Hash = { length: 16, of: (bytes, key) => hmac(md5, utf8.encode(key), bytes) };
export const hmacSha1: Hash = { length: 20, of: (bytes, key) => hmac(sha1, utf8.encode(key), bytes) };
export const hmacSha256: Hash = { length: 32, of: (bytes, key) => hmac(sha256, utf8.encode(key), bytes) };
export const hmacSha512: Hash = { length: 64, of: (bytes, key) => hmac(sha512, utf8.encode(key), bytes) };
export const md5OfLowerHex: Hash = { length: 16, of: (bytes) => fastMd5(utf8.encode(bytesToHex(fastMd5(bytes)))) };
export const md5OfUpperHex: Hash = { length: 16, of: (bytes) => fastMd5(utf8.encode(upperHex(fastMd5(bytes)))) };
export const md5OfMd5Bytes: Hash = { length: 16, of: (bytes) => fastMd5(fastMd5(bytes)) };

export function upperHex(bytes: Uint8Array): string {
  return bytesToHex(bytes).toUpperCase();
}

/** MD5 of many texts that begin alike: the beginning is encoded once. */
export function md5After(beginning: string): (ending: string) => Uint8Array {
  const start = utf8.encode(beginning);
  let buffer = new Uint8Array(start.length + 1024);
  buffer.set(start);
  return (ending) => {
    // A UTF-16 unit takes at most three bytes.
    if (buffer.length < start.length + ending.length * 3) {
      buffer = new Uint8Array(start.length + ending.length * 3);
      buffer.set(start);
    }
    const { written } = utf8.encodeInto(ending, buffer.subarray(start.length));
    return fastMd5(buffer.subarray(0, start.length + written));
  };
}

/** The first eight hexadecimal digits of SHA-256: enough for two people to compare a secret, useless to find it. */
export function fingerprint(secret: string): string {
  return bytesToHex(sha256(utf8.encode(secret))).slice(0, 8);
}
