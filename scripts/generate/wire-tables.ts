import type { ServiceFile } from './read-model.ts'

/** The run-time tables: the model without its provenance, JSON because that loads fastest, one line per entry so that a diff names it. */
export function wireTables(services: readonly ServiceFile[]): Map<string, string> {
  return new Map(
    services.map(({ source: _source, date: _date, ...table }) => [`${table.service}.json`, `${format(table)}\n`]),
  )
}

function format(table: object): string {
  const rows = Object.entries(table).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return `${JSON.stringify(key)}:${JSON.stringify(value)}`
    const lines = Object.entries(value).map(
      ([name, entry]: [string, unknown]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`,
    )
    return `${JSON.stringify(key)}:{\n${lines.join(',\n')}}`
  })
  return `{${rows.join(',\n')}}`
}
