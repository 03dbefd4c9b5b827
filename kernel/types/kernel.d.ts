// What this kernel adds to the world of a cell.

/** Asks the reader for a line of text; `null` if the front end cannot ask or the question was dismissed. */
declare function prompt(question?: string, answer?: string): string | null;
