import { FileRefusal, shown } from './refusal.ts';

/** The two shapes of file that are taken: Tandem's own template, and the company files made from CORDIS. */
export type FileShape = 'template' | 'cordis';

export interface Column {
  readonly name: string;
  /** Field of the profile that it fills, as validation names it. */
  readonly field: string;
  /** What may stand in it, in words for the report and the documentation. */
  readonly allowed: string;
  readonly example: string;
  readonly required?: true;
}

const listOf = (facet: string, example: string): Pick<Column, 'allowed' | 'example'> => ({
  allowed: `ids or labels of ${facet} from GET /api/v1/taxonomy, joined with ;`,
  example,
});
const trl = 'a whole number from 1 to 9, or empty where not yet declared';
const figure = 'a number without thousands separators, such as 1500000, or empty';

/** Tandem's template: one row is one SME with at most one solution and one need; more are added on its page. */
export const TEMPLATE_COLUMNS: readonly Column[] = [
  {
    name: 'name',
    field: 'name',
    allowed: 'text of 1 to 200 characters',
    example: 'Acme Détection SAS',
    required: true,
  },
  {
    name: 'country',
    field: 'country',
    allowed:
      'a two-letter code (ISO 3166-1; EL and UK are taken as GR and GB) or the English name of a country listed by GET /api/v1/taxonomy',
    example: 'FR',
    required: true,
  },
  { name: 'city', field: 'city', allowed: 'text of at most 120 characters', example: 'Grenoble' },
  {
    name: 'website',
    field: 'website',
    allowed: 'a web address, such as www.example.eu',
    example: 'www.acme-detection.example',
  },
  {
    name: 'languages',
    field: 'languages',
    allowed: 'two-letter language codes (ISO 639-1), joined with ;',
    example: 'fr;en',
  },
  { name: 'market_role', field: 'marketRole', allowed: 'security-market or deep-tech', example: 'deep-tech' },
  {
    name: 'group',
    field: 'group',
    allowed: 'name of the group of linked companies, at most 160 characters',
    example: '',
  },
  {
    name: 'projects',
    field: 'projects',
    allowed: 'numbers of past joint projects in a public register such as CORDIS, joined with ;',
    example: '700199;653642',
  },
  {
    name: 'solution_title',
    field: 'solutions.0.title',
    allowed: 'text of at most 200 characters',
    example: 'Smoke detector network',
  },
  {
    name: 'solution_text',
    field: 'solutions.0.offer',
    allowed: 'text of at most 60,000 characters',
    example: 'Wireless detectors that tell smoke from steam.',
  },
  { name: 'solution_trl', field: 'solutions.0.trl', allowed: trl, example: '7' },
  {
    name: 'capabilities',
    field: 'solutions.0.capabilities',
    ...listOf('capabilities', 'network_distributed_systems'),
  },
  {
    name: 'technologies',
    field: 'solutions.0.technologies',
    ...listOf('technologies', 'iot_embedded_pervasive_systems'),
  },
  { name: 'fields', field: 'solutions.0.fields', ...listOf('fields', 'critical_infrastructure_protection') },
  { name: 'sectors', field: 'solutions.0.sectors', ...listOf('sectors', 'energy;transportation') },
  {
    name: 'phases',
    field: 'solutions.0.phases',
    allowed: 'identify, protect, detect, respond or recover, joined with ;',
    example: 'detect;respond',
  },
  {
    name: 'need_text',
    field: 'needs.0.words',
    allowed: 'text of at most 10,000 characters',
    example: 'A partner who runs control rooms.',
  },
  { name: 'need_trl_min', field: 'needs.0.trlMin', allowed: trl, example: '6' },
  { name: 'need_trl_max', field: 'needs.0.trlMax', allowed: `${trl}; not below need_trl_min`, example: '9' },
  {
    name: 'need_capabilities',
    field: 'needs.0.capabilities',
    ...listOf('capabilities', 'identity_management'),
  },
  {
    name: 'need_technologies',
    field: 'needs.0.technologies',
    ...listOf('technologies', 'artificial_intelligence'),
  },
  { name: 'need_fields', field: 'needs.0.fields', ...listOf('fields', 'protection_public_spaces') },
  { name: 'need_sectors', field: 'needs.0.sectors', ...listOf('sectors', 'energy') },
  {
    name: 'headcount',
    field: 'declaration.headcount',
    allowed: `annual work units: ${figure}`,
    example: '18',
  },
  {
    name: 'turnover_eur',
    field: 'declaration.turnoverEur',
    allowed: `euros a year: ${figure}`,
    example: '2400000',
  },
  {
    name: 'balance_sheet_eur',
    field: 'declaration.balanceSheetEur',
    allowed: `euros: ${figure}`,
    example: '1900000',
  },
  {
    name: 'declaration_date',
    field: 'declaration.date',
    allowed: 'the day of the declaration as YYYY-MM-DD, not in the future',
    example: '2022-01-31',
  },
  {
    name: 'contact_name',
    field: 'confidential.contactName',
    allowed: 'text of at most 120 characters',
    example: 'Anna Roux',
  },
  {
    name: 'contact_email',
    field: 'confidential.contactEmail',
    allowed: 'an e-mail address',
    example: 'anna@acme-detection.example',
  },
  {
    name: 'contact_phone',
    field: 'confidential.contactPhone',
    allowed: 'a phone number, such as +33 1 23 45 67 89',
    example: '+33 1 23 45 67 89',
  },
  {
    name: 'notes',
    field: 'confidential.notes',
    allowed: 'text of at most 5,000 characters; confidential',
    example: '',
  },
  {
    name: 'external_id',
    field: 'externalId',
    allowed: 'at most 100 letters, digits and . _ : / -',
    example: 'M-0042',
  },
];

/** The company files made from CORDIS; other columns of them are not read. */
export const CORDIS_COLUMNS: readonly Column[] = [
  {
    name: 'sme_id',
    field: 'externalId',
    allowed: 'P and the public EU participant code',
    example: 'P894228257',
    required: true,
  },
  {
    name: 'name',
    field: 'name',
    allowed: 'text of 1 to 200 characters',
    example: 'INCITES CONSULTING SA',
    required: true,
  },
  {
    name: 'country',
    field: 'country',
    allowed: 'a two-letter country code (EL and UK are taken as GR and GB)',
    example: 'LU',
    required: true,
  },
  { name: 'city', field: 'city', allowed: 'text of at most 120 characters', example: 'Strassen' },
  { name: 'website', field: 'website', allowed: 'a web address', example: 'www.example.eu' },
  { name: 'domains', field: 'solutions.0.fields', allowed: 'words joined with ;', example: 'cybersecurity' },
  {
    name: 'tags',
    field: 'solutions.0.technologies',
    allowed: 'EuroSciVoc words joined with ;',
    example: 'big data',
  },
  {
    name: 'headline',
    field: 'solutions.0.title',
    allowed: 'text; shortened to 200 characters',
    example: 'SHIELD: Securing against intruders',
  },
  {
    name: 'project_ids',
    field: 'projects',
    allowed: 'numbers of projects joined with ;',
    example: '700199',
  },
  { name: 'own_text', field: 'solutions.0.offer', allowed: 'text', example: '' },
  { name: 'text', field: 'solutions.0.offer', allowed: 'text', example: '' },
];

export const COLUMNS: Readonly<Record<FileShape, readonly Column[]>> = {
  template: TEMPLATE_COLUMNS,
  cordis: CORDIS_COLUMNS,
};

/** What the header line says: the shape, which cell is which column, and what is not read. */
export interface Header {
  readonly shape: FileShape;
  /** Name of each cell of a row, in order. */
  readonly names: readonly string[];
  readonly ignored: readonly string[];
}

/** Reads the header line. Throws a `FileRefusal` where it is missing, doubled, too wide or separated by something else than commas. */
export function readHeader(line: number, cells: readonly string[], maxColumns: number): Header {
  if (cells.length > maxColumns) {
    throw refuse(line, null, `the header has ${cells.length} columns`, `at most ${maxColumns} columns`);
  }
  refuseDelimiter(line, cells);
  const names = cells.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  );
  const doubled = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
  if (doubled !== undefined) {
    throw refuse(line, doubled, 'the header names this column twice', 'each column once');
  }
  const shape: FileShape = names.includes('sme_id') ? 'cordis' : 'template';
  const known = new Set(COLUMNS[shape].map((column) => column.name));
  const missing = COLUMNS[shape].filter((column) => column.required && !names.includes(column.name));
  if (missing.length > 0) {
    const list = missing.map((column) => `'${column.name}'`).join(' and ');
    const reason = `the first line must name the columns, and it does not name ${list}`;
    const allowed = `a header line with at least 'name' and 'country'; see GET /api/v1/imports/template.csv`;
    throw refuse(line, null, reason, allowed, shown(cells.join(',')));
  }
  return { shape, names, ignored: names.filter((name) => name !== '' && !known.has(name)) };
}

function refuseDelimiter(line: number, cells: readonly string[]): void {
  const [only] = cells;
  if (cells.length !== 1 || only === undefined) return;
  const found = [';', '\t', '|'].find((sign) => only.includes(sign));
  if (found === undefined) return;
  const name = found === '\t' ? 'tabs' : `'${found}'`;
  throw refuse(
    line,
    null,
    `the columns are separated by ${name}`,
    "commas; choose 'CSV UTF-8 (comma delimited)' when saving",
  );
}

function refuse(
  line: number,
  column: string | null,
  reason: string,
  allowed: string,
  value: string | null = null,
) {
  return new FileRefusal('unreadable', { line, column, value, reason, allowed });
}
