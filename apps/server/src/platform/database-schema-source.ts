import pg from 'pg';

interface Column {
  table: string;
  column: string;
  type: string;
  is_nullable: boolean;
  has_default: boolean;
  is_identity: boolean;
}

/** The source text of `database-schema.ts` for the schema of this database. */
export const databaseTypes = async (ownerUrl: string): Promise<string> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: columns } = await client.query<Column>(columnsQuery);
    const { rows: checks } = await client.query<{ table: string; definition: string }>(checksQuery);
    return print(columns, valuesByColumn(checks));
  } finally {
    await client.end();
  }
};

const columnsQuery = `
  select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
         not a.attnotnull as is_nullable, a.atthasdef as has_default, a.attidentity <> '' as is_identity
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and c.relname <> 'schema_migration'
  order by c.relname, a.attnum`;

const checksQuery = `
  select conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition
  from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace order by 1, 2`;

/** `check (state in ('a', 'b'))` is stored as `((state = ANY (ARRAY['a'::text, 'b'::text])))`. */
const valuesByColumn = (checks: { table: string; definition: string }[]): Map<string, string[]> => {
  const values = new Map<string, string[]>();
  for (const { table, definition } of checks) {
    const match = /^CHECK \(\((\w+) = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(definition);
    const list = [...(match?.[2] ?? '').matchAll(/'([^']*)'::text/g)].map((found) => `'${found[1]}'`);
    if (match && list.length > 0) values.set(`${table}.${match[1]}`, list);
  }
  return values;
};

const typeNames: Readonly<Record<string, string>> = {
  uuid: 'string',
  text: 'string',
  'text[]': 'string[]',
  boolean: 'boolean',
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  real: 'number',
  'double precision': 'number',
  bytea: 'Buffer',
  date: 'string',
};

const print = (columns: Column[], values: Map<string, string[]>): string => {
  const tables = Map.groupBy(columns, ({ table }) => table);
  const interfaces = [...tables].map(
    ([table, list]) =>
      `export interface ${pascal(table)}Table {\n${list.map((column) => `  ${printColumn(column, values)}`).join('\n')}\n}\n`,
  );
  const schema = [...tables.keys()].map((table) => `  ${table}: ${pascal(table)}Table;`).join('\n');
  return `${header}\n${interfaces.join('\n')}\nexport interface DatabaseSchema {\n${schema}\n}\n`;
};

const header = `// Generated from the migrations by tools/generate-database-types.ts; a test asserts that it is current.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
`;

/** What a column gives and what it takes, where the two differ. */
const twoWay: Readonly<Record<string, { read: string; write: string }>> = {
  // jsonb is written as text: the driver would turn an array into a PostgreSQL array.
  jsonb: { read: 'unknown', write: 'string' },
  'timestamp with time zone': { read: 'Date', write: 'Date | string' },
};

const printColumn = (column: Column, values: Map<string, string[]>): string => {
  const orNull = column.is_nullable ? ' | null' : '';
  const different = twoWay[column.type];
  if (different) {
    const read = different.read === 'unknown' ? 'unknown' : different.read + orNull;
    const write = different.write + orNull;
    return `${column.column}: ColumnType<${read}, ${write}${column.has_default ? ' | undefined' : ''}, ${write}>;`;
  }
  const type =
    (values.get(`${column.table}.${column.column}`)?.join(' | ') ?? typeNames[column.type] ?? 'unknown') + orNull;
  if (column.is_identity) return `${column.column}: GeneratedAlways<${type}>;`;
  return `${column.column}: ${column.has_default ? `Generated<${type}>` : type};`;
};

const pascal = (name: string): string =>
  name.replace(/(^|_)(\w)/g, (_all, _mark, letter: string) => letter.toUpperCase());
