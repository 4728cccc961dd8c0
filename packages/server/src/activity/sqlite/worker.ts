/** The thread that writes the activity file, so that no call ever waits for a disk. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Reply, Request } from './exchange.ts'
import { UseFile } from './use-file.ts'

const file = new UseFile(String(workerData))

parentPort?.on('message', (request: Request) => {
  parentPort?.postMessage(answer(request))
})

function answer(request: Request): Reply {
  const { id } = request
  try {
    if (request.kind === 'write') return { id, failure: undefined, replaced: file.write(request.batch) }
    file.close()
    return { id, failure: undefined, replaced: undefined }
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error), replaced: undefined }
  }
}
