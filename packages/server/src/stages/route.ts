/**
 * Which operation is asked for.
 *
 * awsQuery: `Action` and `Version`, in a form body or, for GET, in the query. awsJson: `X-Amz-Target`. A parameter pair that could
 * mean two operations is refused (negative test B-01).
 */
import { Fault, parseForm, services } from '@iamd/wire'
import type { Form, OperationModel, ServiceModel } from '@iamd/wire'
import type { Operation } from '../operations/operation.ts'
import { operations } from '../operations/registry.ts'
import { header, type Received } from './receive.ts'

export interface Routed {
  readonly received: Received
  readonly service: ServiceModel
  readonly model: OperationModel
  readonly operation: Operation
  /** Undefined for awsJson, whose input is the body. */
  readonly form: Form | undefined
}

const FORM_TYPE = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/x-amz-json-1.1'
const EMPTY: Uint8Array = new Uint8Array()

export function route(received: Received): Routed {
  const target = header(received, 'x-amz-target')
  return target === undefined ? routeQuery(received) : routeJson(received, target)
}

function routeQuery(received: Received): Routed {
  const form = formOf(received)
  const action = form.get('Action')
  const version = form.get('Version')
  if (action === undefined) throw new Fault('MissingAction', 'Missing Action', { status: 400 })
  for (const service of services.values()) {
    if (service.protocol !== 'awsQuery' || service.version !== version) continue
    const model = service.operations.get(action)
    if (model !== undefined) return { ...implemented(service, model, received), form }
  }
  const asked = version ?? 'NO_VERSION_SPECIFIED'
  throw new Fault('InvalidAction', `Could not find operation ${action} for version ${asked}`, { status: 400 })
}

function routeJson(received: Received, target: string): Routed {
  if (mediaType(received) !== JSON_TYPE) {
    throw new Fault('UnknownOperationException', `Content-Type must be ${JSON_TYPE}`, { status: 400 })
  }
  const [prefix, name] = target.split('.', 2)
  for (const service of services.values()) {
    if (service.protocol !== 'awsJson1.1' || service.targetPrefix !== prefix || name === undefined) continue
    const model = service.operations.get(name)
    if (model !== undefined) return { ...implemented(service, model, received), form: undefined }
  }
  throw new Fault('UnknownOperationException', 'The requested operation is not recognized by the service.', {
    status: 400,
  })
}

function implemented(service: ServiceModel, model: OperationModel, received: Received): Omit<Routed, 'form'> {
  const operation = operations.get(model.name)
  if (operation === undefined) {
    throw new Fault('InvalidAction', `The action ${model.name} is not implemented by this version of iamd`, {
      status: 400,
    })
  }
  return { received, service, model, operation }
}

/** The parameters of a query call: the body of a POST, the query string of a GET. Never both. */
function formOf(received: Received): Form {
  const { method, target, body } = received
  const mark = target.indexOf('?')
  const query = mark === -1 ? EMPTY : Buffer.from(target.slice(mark + 1), 'latin1')
  if (method === 'GET') return parseForm(query)
  if (method !== 'POST') {
    throw new Fault('MalformedHttpRequest', `HTTP method ${method} is not supported`, { status: 400 })
  }
  if (body.length > 0 && mediaType(received) !== FORM_TYPE) {
    throw new Fault('MalformedHttpRequest', `Content-Type must be ${FORM_TYPE}`, { status: 400 })
  }
  if (query.length > 0 && parseForm(query).get('Action') !== undefined) {
    throw new Fault('MalformedQueryString', 'Action must be in the query string or in the body, not in both', {
      status: 400,
    })
  }
  return parseForm(body)
}

/** The media type exactly, without parameters, in lower case (negative test B-05). */
function mediaType(received: Received): string {
  const value = header(received, 'content-type') ?? ''
  const end = value.indexOf(';')
  return (end === -1 ? value : value.slice(0, end)).trim().toLowerCase()
}
