export const USAGE = `Usage:
  tidemark run G.json (--input ID=FILE)… | --log FILE
      [--time ID=COL[:s|ms|us|ns|iso|PATTERN]] [--arrival ID=COL[:unit] | ID=expr:SQL] [--zone ID=Area/City]
      [--format ID=csv|ndjson|json|geojson|parquet] [--header ID=none] [--dialect D] [--end flush|none|drain]
      [--seed N] [--round N] [--until SEQ]
      [--out F] [--ledger F] [--drops F] [--rejects F] [--watermarks F] [--strict]
  tidemark validate G.json [--json]
  tidemark inspect FILE [--json]

ID is a source node's id and may be left out with one source. "-" is stdin or stdout. Results go to stdout without --out.
Exit: 0 well, also with rejected rows (1 with --strict); 1 graph or data wrong, disk full, limit reached; 2 usage;
130 interrupted.
`;
