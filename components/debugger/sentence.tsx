import { Fragment } from "react";

type Props = { children: string; names: readonly string[] };

/** A sentence in which names of fields, and pieces like `signType=MD5`, look like what they are. */
export function Sentence({ children, names }: Props) {
  const known = new Set([...names, ...usualNames]);
  return children.split(/(\b[A-Za-z_]\w*(?:=\S*[\w>])?)/).map((part, index) => {
    const isName = known.has(part.split("=")[0] ?? "") && !ordinaryWords.has(part);
    const shown = isName ? <code className="rounded-1 bg-sunk px-1 font-mono text-[0.88em]">{part}</code> : part;
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence are told apart by their place only
    return <Fragment key={index}>{shown}</Fragment>;
  });
}

const usualNames = ["signType", "reqTime", "mchNo", "appId", "channelExtra", "notifyUrl", "mchOrderNo"];
/** Fields that are also words; they are names only with a value behind them. */
const ordinaryWords = new Set([
  "sign",
  "key",
  "body",
  "amount",
  "subject",
  "version",
  "state",
  "data",
  "code",
  "currency",
]);
