import type { Fault } from '../fault.ts'
import { getService, type OperationModel, type ServiceModel } from '../service.ts'
import { elementWriter, type WriteElement } from './element-writer.ts'
import { escapeText } from './escape-text.ts'

/** `Content-Type` of awsQuery answers. */
export const xmlContentType = 'text/xml'

/** The body of a successful awsQuery answer. An operation without output has no result element (observed on DeleteUser). */
export function encodeXmlResult(operation: OperationModel, output: unknown, requestId: string): string {
  const { open, result, close } = envelopeOf(operation)
  const content = result === undefined ? '' : result(output)
  return `${open}${content}<ResponseMetadata><RequestId>${escapeText(requestId)}</RequestId></ResponseMetadata>${close}`
}

/** The body of a failed awsQuery answer. A fault without a sentence has no Message element, as AWS answers a number that it cannot read. */
export function encodeXmlFault(service: ServiceModel, fault: Fault, requestId: string): string {
  const message = fault.message === '' ? '' : `<Message>${escapeText(fault.message)}</Message>`
  const error = `<Error><Type>${fault.side}</Type><Code>${escapeText(fault.code)}</Code>${message}</Error>`
  return `<ErrorResponse xmlns="${service.xmlNamespace}">${error}<RequestId>${escapeText(requestId)}</RequestId></ErrorResponse>`
}

interface Envelope {
  readonly open: string
  readonly result: WriteElement | undefined
  readonly close: string
}

const envelopes = new WeakMap<OperationModel, Envelope>()

function envelopeOf(operation: OperationModel): Envelope {
  const known = envelopes.get(operation)
  if (known !== undefined) return known
  const { name, output, service } = operation
  const envelope = {
    open: `<${name}Response xmlns="${getService(service).xmlNamespace}">`,
    result: output === undefined ? undefined : elementWriter(`${name}Result`, output),
    close: `</${name}Response>`,
  }
  envelopes.set(operation, envelope)
  return envelope
}
