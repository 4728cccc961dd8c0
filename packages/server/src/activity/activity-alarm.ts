/**
 * Something about the activity file that a person has to hear of. No call fails because of it.
 *
 * - `dropped`: the buffer was full (the file cannot keep up, or cannot be written), and uses of something new were not noted.
 * - `unwritable`: the file cannot be written; uses are kept in memory and written when it can.
 * - `recovered`: it can be written again.
 * - `replaced`: the file was damaged and has been put aside; a new one was begun.
 */
export interface ActivityAlarm {
  readonly kind: 'dropped' | 'unwritable' | 'recovered' | 'replaced'
  /** One line: what, where, how many. */
  readonly message: string
}

export type RaiseActivityAlarm = (alarm: ActivityAlarm) => void
