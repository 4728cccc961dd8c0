import type { Fault } from './fault.ts'
import { encodeJsonFault, encodeJsonResult, jsonContentType } from './json/encode-json.ts'
import { getService, type OperationModel, type ServiceModel, type ServiceName } from './service.ts'
import { encodeXmlFault, encodeXmlResult, xmlContentType } from './xml/encode-xml.ts'

/** An answer as the socket is to send it. */
export interface EncodedAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** Encodes what an operation answered, by the protocol of its service. Throws a TypeError for an output that its shape does not allow. */
export function encodeResult(operation: OperationModel, output: unknown, requestId: string): EncodedAnswer {
  if (getService(operation.service).protocol === 'awsQuery') {
    return { status: 200, contentType: xmlContentType, body: encodeXmlResult(operation, output, requestId) }
  }
  return { status: 200, contentType: jsonContentType, body: encodeJsonResult(operation, output) }
}

/** Encodes a fault as the service that was called answers it; never throws. */
export function encodeFault(service: ServiceModel | ServiceName, fault: Fault, requestId: string): EncodedAnswer {
  const model = typeof service === 'string' ? getService(service) : service
  if (model.protocol === 'awsQuery') {
    return { status: fault.status, contentType: xmlContentType, body: encodeXmlFault(model, fault, requestId) }
  }
  return { status: fault.status, contentType: jsonContentType, body: encodeJsonFault(fault) }
}
