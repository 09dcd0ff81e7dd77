// Reads batches with an HPKE of other authors and Node's own cryptography. JSON on stdin, JSON on stdout; bytes in hex.
//
// {"do": "unwrap", seed, wrapped, info}   -> {plain} or {"refused": true}
// {"do": "wrap", public, plain, info}     -> {wrapped}
// {"do": "open", seeds, batch}            -> {facts, records}: a whole batch, from the README of agent/seal alone
import { createDecipheriv, createHash, hkdfSync, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";

globalThis.crypto ??= webcrypto;

const ENC = 1120;
const WRAP = 1168;
const suite = new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
if (suite.kem.id !== 0x647a) throw new Error("not the KEM that is meant");

const bytes = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (data) => Buffer.from(data).toString("hex");
const exact = (data) => new Uint8Array(data).buffer;

async function unwrap(seed, wrapped, info) {
  const recipientKey = await suite.kem.deserializePrivateKey(exact(seed));
  const context = { recipientKey, enc: exact(wrapped.subarray(0, ENC)), info: exact(info) };
  return new Uint8Array(await suite.open(context, exact(wrapped.subarray(ENC))));
}

async function wrap(recipient, plain, info) {
  const recipientPublicKey = await suite.kem.deserializePublicKey(exact(recipient));
  const sealed = await suite.seal({ recipientPublicKey, info: exact(info) }, exact(plain));
  return Buffer.concat([Buffer.from(sealed.enc), Buffer.from(sealed.ct)]);
}

function body(data, key) {
  const step = 64 * 1024 + 16;
  const parts = [];
  for (let at = 0, index = 0; at < data.length; at += step, index += 1) {
    const chunk = data.subarray(at, at + step);
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(index, 7);
    nonce[11] = at + step >= data.length ? 1 : 0;
    const opened = createDecipheriv("aes-256-gcm", key, nonce);
    opened.setAuthTag(chunk.subarray(chunk.length - 16));
    parts.push(opened.update(chunk.subarray(0, chunk.length - 16)), opened.final());
  }
  return Buffer.concat(parts);
}

async function open(seeds, batch) {
  const data = Buffer.from(batch);
  const length = data.readUInt32BE(8);
  const core = data.subarray(12, 12 + length);
  const head = JSON.parse(core.toString());
  const info = createHash("sha256").update(core).digest();
  const shares = [];
  for (let n = 0; n < head.recipients.length; n += 1) {
    const at = 12 + length + n * WRAP;
    shares.push(await unwrap(seeds[n], data.subarray(at, at + WRAP), info));
  }
  const salt = Buffer.from(head.batch, "hex");
  const key = Buffer.from(hkdfSync("sha256", Buffer.concat(shares), salt, "aboveboard batch key 1\n", 32));
  const plain = body(data.subarray(12 + length + head.recipients.length * WRAP + 64), key);
  let at = 0;
  const next = () => {
    const end = at + 4 + plain.readUInt32BE(at);
    const found = plain.subarray(at + 4, end);
    at = end;
    return found;
  };
  const facts = JSON.parse(next().toString());
  return { facts, records: Array.from({ length: facts.count }, () => next().toString()) };
}

const asked = JSON.parse(readFileSync(0, "utf8"));
let answer;
switch (asked.do) {
  case "unwrap":
    try {
      answer = { plain: hex(await unwrap(bytes(asked.seed), bytes(asked.wrapped), bytes(asked.info))) };
    } catch {
      answer = { refused: true };
    }
    break;
  case "wrap":
    answer = { wrapped: hex(await wrap(bytes(asked.public), bytes(asked.plain), bytes(asked.info))) };
    break;
  case "open":
    answer = await open(asked.seeds.map(bytes), bytes(asked.batch));
    break;
  default:
    throw new Error("unknown question");
}
process.stdout.write(JSON.stringify(answer));
