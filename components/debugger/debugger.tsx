"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import { PageTitle } from "@/components/ui/page-title";
import type { Action } from "@/lib/actions/action-state";
import { readInput } from "@/lib/debugger/read-input";
import { fragmentOf, type SharedCase, sharedCaseIn } from "@/lib/debugger/shared-case";
import type { Environment } from "@/lib/domain/environment";
import type { StoredAnswer } from "@/lib/signature-cases/search-stored";
import { CaseSections } from "./case-sections";
import { example } from "./example";
import { PasteBox } from "./paste-box";
import { Progress } from "./progress";
import { SecretChoice, type SecretSource, type StoredChoice } from "./secret-choice";
import { Start } from "./start";
import { StoredNote } from "./stored-note";
import { TriedList } from "./tried-list";
import { type Question, useVerdict } from "./use-verdict";
import { VerdictPanel } from "./verdict-panel";

type Props = {
  environment: Environment;
  /** A stored message that was opened; `null` for an empty page. */
  opened: { text: string; address: string } | null;
  credentials: readonly StoredChoice[];
  notForYou: string | null;
  search: Action<StoredAnswer>;
};

const typingPauseMs = 200;

// A person who types changes a letter at a time.
const lettersOfAPaste = 20;

function isPaste(before: string, after: string): boolean {
  return Math.abs(after.length - before.length) > lettersOfAPaste;
}

/** Takes a message and a secret, and names the mistake. Only the one that is stored leaves the browser, and only by name. */
export function Debugger({ environment, opened, credentials, notForYou, search: searchStored }: Props) {
  const [pasted, setPasted] = useState(opened?.text ?? "");
  const [sign, setSign] = useState("");
  const [given, setGiven] = useState<SharedCase["endpoint"]>(null);
  const [source, setSource] = useState<SecretSource>(credentials.length > 0 ? "stored" : "typed");
  const [credentialId, setCredentialId] = useState("");
  const [typed, setTyped] = useState("");
  const [shownSecret, setShownSecret] = useState("");
  const { search, searchTyped, searchWithStored, stop } = useVerdict(environment, searchStored);

  const input = useMemo(() => readInput(pasted), [pasted]);
  const question = useMemo<Question | null>(() => {
    if (!input.ok) return null;
    const { text, receivedSign, endpoint } = input.value;
    return { text, receivedSign: receivedSign ?? sign, endpoint: given ?? endpoint };
  }, [input, sign, given]);

  // A typed secret costs nothing, so every change is searched at once.
  useEffect(() => {
    if (source !== "typed" || question === null || typed === "") return;
    const timer = setTimeout(() => void searchTyped(question, typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [source, question, typed, searchTyped]);

  // The use of a stored one is counted and audited: it is searched when a whole case came, or when asked for.
  const isDue = useRef(opened !== null);
  useEffect(() => {
    if (source !== "stored" || question === null || question.receivedSign === "" || !isDue.current) return;
    const timer = setTimeout(() => {
      isDue.current = false;
      searchWithStored(question, credentialId);
    }, 0);
    return () => clearTimeout(timer);
  }, [source, question, credentialId, searchWithStored]);

  useEffect(() => {
    const open = () => {
      const shared = sharedCaseIn(window.location.hash);
      if (shared === null) return;
      isDue.current = true;
      setPasted(shared.text);
      setSign(shared.receivedSign);
      setGiven(shared.endpoint);
    };
    open();
    window.addEventListener("hashchange", open);
    return () => window.removeEventListener("hashchange", open);
  }, []);

  const take = (text: string) => {
    const isWhole = isPaste(pasted, text);
    isDue.current = isWhole;
    setPasted(text);
    setGiven(null);
    if (isWhole) setSign("");
  };
  const takeSign = (text: string) => {
    isDue.current = isPaste(sign, text);
    setSign(text);
  };
  const choose = (next: SecretSource, searchesAtOnce = false) => {
    stop();
    isDue.current = searchesAtOnce;
    setTyped("");
    setShownSecret("");
    setSource(next);
  };
  const showExample = () => {
    take(example.pasted);
    setSource("typed");
    setTyped(example.secret);
    setShownSecret(example.secret);
  };

  const shown = search.status === "done" ? search : null;
  const isStale = shown !== null && !isSame(shown.question, question);
  // Nothing that was found holds for a text that nobody can read.
  const verdict = question === null ? null : (shown?.verdict ?? null);
  const isSearching = search.status === "searching";
  const isEmpty = pasted.trim() === "";
  const needs =
    question === null
      ? "a message"
      : source === "typed" && typed === ""
        ? "a secret"
        : source === "stored" && question.receivedSign === ""
          ? "a signature"
          : null;
  return (
    <>
      <PageTitle
        caption="Paste what was refused. The mistake is named, not guessed."
        aside={question && !isEmpty ? <ShareLink {...{ environment, opened, pasted, question, typed }} /> : null}
      >
        Signature debugger
      </PageTitle>
      <div className="mt-5 grid max-w-[1208px] items-start grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-5 wide:grid-cols-[minmax(0,440px)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-5 max-wide:contents [@media(min-height:1020px)]:wide:sticky [@media(min-height:1020px)]:wide:top-[calc(var(--strip)+var(--head)+16px)]">
          <PasteBox pasted={pasted} input={input} sign={sign} onPasted={take} onSign={takeSign} />
          <SecretChoice
            source={source}
            onSource={(next) => choose(next)}
            stored={credentials}
            notForYou={notForYou}
            credentialId={credentialId}
            onCredential={(id) => {
              isDue.current = question !== null;
              setCredentialId(id);
            }}
            typed={typed}
            first={shownSecret}
            onTyped={(secret) => {
              // What was found with a secret goes with it.
              if (secret === "") stop();
              setTyped(secret);
            }}
          />
          {source === "stored" && needs === null && !isSearching && (verdict === null || isStale) ? (
            <Button variant="primary" onClick={() => question && searchWithStored(question, credentialId)}>
              {verdict === null ? "Name the mistake" : "Search again"}
            </Button>
          ) : null}
          {verdict?.stored ? (
            <StoredNote stored={verdict.stored} isRight={verdict.diagnosis.verdict === "valid"} />
          ) : null}
          {verdict && verdict.receivedSign !== "" ? (
            <div className="min-w-0 max-wide:order-2">
              <TriedList verdict={verdict} />
            </div>
          ) : null}
        </div>
        <section
          aria-label="Verdict"
          aria-busy={isSearching}
          className={classNames("min-w-0", opened ? "max-wide:order-first" : "max-wide:order-1")}
        >
          {isEmpty ? <Start onExample={showExample} /> : null}
          {isEmpty || verdict ? null : <Progress search={search} needs={needs} onStop={stop} />}
          {verdict && !isEmpty && question ? (
            <VerdictPanel
              verdict={verdict}
              names={namesIn(verdict)}
              environment={environment}
              isStale={isStale || isSearching}
            />
          ) : null}
          {verdict &&
          verdict.receivedSign !== "" &&
          verdict.diagnosis.verdict === "unexplained" &&
          verdict.stored === null &&
          credentials.length > 0 ? (
            <p className="mt-5">
              <Button onClick={() => choose("stored", true)}>Try all stored secrets that you may use</Button>
            </p>
          ) : null}
          {question && !isEmpty ? (
            <CaseSections
              question={question}
              verdict={isStale ? null : verdict}
              gatewayUrl={credentials.find(({ appId }) => question.text.includes(appId))?.baseUrl ?? null}
            />
          ) : null}
        </section>
      </div>
    </>
  );
}

function isSame(one: Question, other: Question | null): boolean {
  return (
    other !== null &&
    one.text === other.text &&
    one.receivedSign === other.receivedSign &&
    one.endpoint === other.endpoint
  );
}

function namesIn({ diagnosis }: { diagnosis: { right: { pieces: readonly { name: string }[] } } }): string[] {
  return diagnosis.right.pieces.map(({ name }) => name);
}

type Shared = Pick<Props, "environment" | "opened"> & { pasted: string; question: Question; typed: string };

function ShareLink({ environment, opened, pasted, question, typed }: Shared) {
  const { text, receivedSign, endpoint } = question;
  const fragment = fragmentOf({ text, receivedSign, endpoint: endpoint ?? null }, typed);
  const isOpened = opened !== null && opened.text === pasted;
  const path = isOpened ? opened.address : fragment === null ? null : `/${environment}/debugger#${fragment}`;
  if (path === null) return null;
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  return (
    <CopyButton value={`${origin}${path}`} label="link to this case, without the secret">
      Share without the secret
    </CopyButton>
  );
}
