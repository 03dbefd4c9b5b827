import { certainty, claimRecords, digits, ledgerEntry } from "./claim";
import { table } from "./table";

/** Shows what has been claimed in this session: each statement of the ledger, the computed value, and how sure it is. */
export function claimTable(): void {
  const rows = claimRecords().map(({ id, what, comparison }) => {
    const { verdict } = ledgerEntry(id);
    if (comparison === undefined) return [id, verdict, "nothing to compute", "", ""];
    const { actual, expected, tolerance } = comparison;
    return [id, verdict, what, digits(actual), `${digits(expected)}, ${certainty(tolerance)}`];
  });
  table(["claim", "verdict", "quantity", "computed", "expected"], rows);
}
