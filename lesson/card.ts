/**
 * A card below a cell: a mark and a word, never colour alone, readable in light and dark because the text keeps the
 * page's own colour; and the same words as plain text.
 */
import { escapeHtml, type MimeBundle } from "./display";

export interface Card {
  readonly kind: "good" | "bad" | "note";
  readonly title: string;
  /** Markdown with `**bold**`, `*emphasis*`, `` `code` `` and `$formulas$` */
  readonly paragraphs: readonly string[];
}

const marks = { good: ["✓", "#009E73"], bad: ["✗", "#D55E00"], note: ["•", "#0072B2"] } as const;

/** The little Markdown that a card needs; formulas are left for the page's typesetter. */
export function inlineHtml(markdown: string): string {
  const pieces = markdown.split(/(\$\$[^$]+\$\$|\$[^$\n]+\$|`[^`\n]+`)/);
  return pieces
    .map((piece, i) => {
      const isSpan = i % 2 === 1;
      if (isSpan && piece.startsWith("`")) return `<code>${escapeHtml(piece.slice(1, -1))}</code>`;
      if (isSpan) return escapeHtml(piece);
      return escapeHtml(piece)
        .replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")
        .replace(/\*(.+?)\*/g, "<em>$1</em>")
        .replace(/\n\s*\n/g, "<br><br>");
    })
    .join("");
}

export function cardBundle({ kind, title, paragraphs }: Card): MimeBundle {
  const [mark, colour] = marks[kind];
  const body = paragraphs.map((text) => `<div style="margin-top:.4em">${inlineHtml(text)}</div>`).join("");
  return {
    "text/html":
      `<div role="status" style="border-left:4px solid ${colour};padding:.3em 0 .3em .8em;max-width:50em">` +
      `<strong>${mark} ${inlineHtml(title)}</strong>${body}</div>`,
    "text/plain": [`${mark} ${title}`, ...paragraphs].join("\n"),
  };
}
