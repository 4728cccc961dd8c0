import { type AllowPlace, GRADES, type Remedy } from '@iamd/policy'

import { reasonOf } from '../failure.ts'
import { titleOfSource } from './source-titles.ts'
import { titleOf } from './statement-tree.ts'

/** One thing that would have to change, as a clause. */
export function remedyLine(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'removeDeny':
      return `${titleOf(remedy.statement)} of the ${titleOfSource(remedy)} must go, or no longer match`
    case 'addAllow':
      return `${remedy.places.map(placeWords).join(', or ')} must allow \`${remedy.action}\` on \`${remedy.resource}\``
    case 'mendFailure':
      return `what failed must be mended: ${reasonOf(remedy.failure)}`
    default:
      return remedy satisfies never
  }
}

function placeWords({ source, level, grade }: AllowPlace): string {
  const place = `the ${titleOfSource({ source, level })}`
  return grade === undefined || source === 'endpoint' ? place : `${place} (by a statement that names ${namedBy(grade)})`
}

// How closely a resource's policy has to name the caller: IAM User Guide, "Policy evaluation logic", "Resource-based policies".
function namedBy(grade: NonNullable<AllowPlace['grade']>): string {
  if (grade <= GRADES.account) return "the caller's account, or the caller"
  return grade <= GRADES.identity ? "the caller's user or role" : 'the caller itself, or everyone'
}
