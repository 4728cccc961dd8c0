import { parseIni } from './ini-lines.ts'

/** The two files that hold profiles. */
export type ProfileFile = 'config' | 'credentials'

/**
 * Profile names that every reader takes without quotes: the character set of the SDK for JavaScript, the strictest.
 */
export function isProfileName(name: string): boolean {
  return /^[\w@+.%:/-]+$/.test(name)
}

/**
 * The section of a file that holds a profile: the one that is there, or the one to add. In the config file it is
 * `[profile NAME]`, and `[profile default]` wins over `[default]`; in the credentials file it is `[NAME]`.
 */
export function sectionOf(file: ProfileFile, name: string, text: string): string {
  if (file === 'credentials') return name
  if (name !== 'default') return `profile ${name}`
  return hasSection(text, 'profile default') ? 'profile default' : 'default'
}

/** The values of a section by key; where a key occurs twice the last one counts, as the SDKs have it. */
export function readSection(text: string, section: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  let isInside = false
  for (const line of parseIni(text)) {
    if (line.kind === 'section') isInside = line.section === section
    if (isInside && line.kind === 'property') values.set(line.key, line.value)
  }
  return values
}

function hasSection(text: string, section: string): boolean {
  return parseIni(text).some((line) => line.kind === 'section' && line.section === section)
}
