/** The thread that owns the store: answers one request after another, and copies the log when it has answered. */

import { parentPort, type MessagePort } from 'node:worker_threads'
import { failureOf } from '../failure.ts'
import type { RaiseAlarm } from '../journal-alarm.ts'
import { answerers, type Answerers } from './answerers.ts'
import type { Exchange, Kind, Reply, Request, StoreOptions } from './exchange.ts'
import { Store } from './store.ts'
import { storeError } from './store-error.ts'

const port = parentPort
if (port === null) throw new Error('this module is the entry of a worker thread')
port.once('message', (options: StoreOptions) => serve(port, options))

function serve(to: MessagePort, options: StoreOptions): void {
  const reply = (message: Reply): void => to.postMessage(message)
  const raise: RaiseAlarm = (alarm) => reply({ alarm })
  const store = new Store(options, raise)
  const answers = answerers(store, raise)
  to.on('message', (request: Request) => {
    try {
      reply({ id: request.id, answer: answerWith(answers, request) })
    } catch (error) {
      reply({ id: request.id, failure: failureOf(storeError(error, options.file)) })
    }
    store.checkpoint()
    if (request.kind === 'close') to.close()
  })
}

function answerWith<K extends Kind>(answers: Answerers, { kind, ask }: Request<K>): Exchange[K]['answer'] {
  return answers[kind](ask)
}
