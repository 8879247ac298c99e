import { csharp } from "./csharp";
import { curl } from "./curl";
import { go } from "./go";
import { java } from "./java";
import { php } from "./php";
import { python } from "./python";
import type { SnippetProgram } from "./snippet-request";
import { typescript } from "./typescript";

export type SnippetLanguage = "curl" | "typescript" | "java" | "php" | "python" | "go" | "csharp";

/** Every language that a request is written in, in the order in which they are offered. */
export const snippetLanguages: readonly {
  id: SnippetLanguage;
  label: string;
  write: (program: SnippetProgram) => string;
}[] = [
  { id: "curl", label: "curl", write: curl },
  { id: "typescript", label: "TypeScript", write: typescript },
  { id: "java", label: "Java", write: java },
  { id: "php", label: "PHP", write: php },
  { id: "python", label: "Python", write: python },
  { id: "go", label: "Go", write: go },
  { id: "csharp", label: "C#", write: csharp },
];
