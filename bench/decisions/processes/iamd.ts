import { decide } from '@iamd/policy'
import { runEngineProgram } from '../engine-program.ts'
import { accessRequest, policiesInForce, textsOf } from './iamd-engine.ts'

await runEngineProgram({
  translate: textsOf,
  compile(texts) {
    const policies = policiesInForce(texts)
    return (question) => decide(accessRequest(question), policies).effect === 'allow'
  },
})
