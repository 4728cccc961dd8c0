export { encodeFault, encodeResult, type EncodedAnswer } from './encode.ts'
export { Fault, type FaultSide } from './fault.ts'
export { type Form, parseForm } from './form.ts'
export type * from './generated/iam-types.ts'
export type * from './generated/iamd-types.ts'
export type * from './generated/operations.ts'
export type * from './generated/sts-types.ts'
export { decodeJson } from './json/decode-json.ts'
export { decodeQuery } from './query/decode-query.ts'
export {
  type ErrorCode,
  getOperation,
  type Input,
  type OperationModel,
  type OperationName,
  type Output,
  type ServiceModel,
  type ServiceName,
  services,
} from './service.ts'
export type { Member, Shape, StructureShape } from './shape.ts'
export { validate } from './validation/validate.ts'
