import { TEMPLATE_COLUMNS } from './columns.ts';

/** The empty template: one header line. The byte order mark lets spreadsheet programs read it as UTF-8. */
export function templateCsv(): string {
  return `\ufeff${TEMPLATE_COLUMNS.map((column) => column.name).join(',')}\r\n`;
}
