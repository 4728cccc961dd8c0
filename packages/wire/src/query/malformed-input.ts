import { Fault } from '../fault.ts'

/** AWS's answer to parameters that it cannot read; without a sentence for most of them (observed on IAM and STS). */
export function malformedInput(message: string): Fault {
  return new Fault('MalformedInput', message, { status: 400 })
}
