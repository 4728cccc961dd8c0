import type { Fault } from './faulty-disk.ts'

export interface NamedFault {
  readonly name: string
  readonly fault: Omit<Fault, 'call'>
  /** How many calls lie between those that the test has fail; the campaign leaves none out. */
  readonly step: number
}

/** The ways in which a disk fails. */
export const FAULTS: readonly NamedFault[] = [
  { name: 'D-7: a sync fails', fault: { kinds: 's', what: 'EIO', how: 'once' }, step: 9 },
  { name: 'D-7: every sync fails from one on', fault: { kinds: 's', what: 'EIO', how: 'always' }, step: 11 },
  { name: 'D-7: a write fails', fault: { kinds: 'w', what: 'EIO', how: 'once' }, step: 71 },
  { name: 'D-7: every write fails from one on', fault: { kinds: 'w', what: 'EIO', how: 'always' }, step: 67 },
  { name: 'D-7: a write is cut short', fault: { kinds: 'w', what: 'HALF', how: 'once' }, step: 131 },
  {
    name: 'D-7: a file cannot be opened, made, renamed or removed',
    fault: { kinds: 'on', what: 'EIO', how: 'once' },
    step: 2,
  },
  {
    name: 'D-6: the disk is full from one call on, and then has room again',
    fault: { kinds: 'g', what: 'ENOSPC', how: 'always' },
    step: 9,
  },
  {
    name: 'D-7: the directory is read-only from one call on, and then not',
    fault: { kinds: 'onwgs', what: 'EROFS', how: 'always' },
    step: 71,
  },
]
