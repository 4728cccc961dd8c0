/** Takes a renewed certificate into use without a restart: when its files change, and on SIGHUP. */
import { X509Certificate } from 'node:crypto'
import { unwatchFile, watchFile } from 'node:fs'
import { readTlsMaterial, type TlsFiles, type TlsMaterial } from './tls-material.ts'

/** Certificates are renewed by writing files or moving links; looking at them costs next to nothing. */
const LOOK_EVERY_MS = 2_000
/** Certificate and key are two files: both are looked at when neither has changed for this long. */
const SETTLE_MS = 500

export interface TlsReloadOptions {
  readonly files: TlsFiles
  readonly use: (material: TlsMaterial) => void
  /** One line for the operator. */
  readonly told: (message: string, isError: boolean) => void
  /** Shorter ones, for tests. */
  readonly lookEveryMs?: number
  readonly settleMs?: number
}

/** Returns how to stop. A pair that does not fit (one file is renewed before the other) is told of, and the one before stays. */
export function reloadTls(options: TlsReloadOptions): () => void {
  const { files, lookEveryMs = LOOK_EVERY_MS, settleMs = SETTLE_MS } = options
  const reload = new Reload(options)
  let timer: NodeJS.Timeout | undefined
  const changed = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => reload.after('change'), settleMs)
  }
  const asked = (): void => {
    clearTimeout(timer)
    reload.after('signal')
  }
  const both = [files.certFile, files.keyFile]
  for (const file of both) watchFile(file, { interval: lookEveryMs, persistent: false }, changed)
  process.on('SIGHUP', asked)
  return () => {
    clearTimeout(timer)
    reload.stop()
    for (const file of both) unwatchFile(file, changed)
    process.off('SIGHUP', asked)
  }
}

class Reload {
  readonly #options: TlsReloadOptions
  /** What was found in the files the last time: the pair, or what was wrong. */
  #found = ''
  #isStopped = false
  /** INVARIANT (one at a time): a slow read never puts an older pair over a newer one. */
  #last: Promise<void> = Promise.resolve()

  constructor(options: TlsReloadOptions) {
    this.#options = options
  }

  /** A change that leaves everything as it was found is not told of; a signal is answered always. */
  after(reason: 'change' | 'signal'): void {
    this.#last = this.#last.then(() => this.#read(reason))
  }

  stop(): void {
    this.#isStopped = true
  }

  async #read(reason: 'change' | 'signal'): Promise<void> {
    const { files, use } = this.#options
    try {
      const material = await readTlsMaterial(files)
      if (this.#isStopped) return
      use(material)
      const until = new X509Certificate(material.cert).validToDate.toISOString()
      this.#tell(reason, {
        found: material.cert,
        message: `the certificate was read again; it is valid until ${until}`,
        isError: false,
      })
    } catch (error) {
      const message = `the certificate before stays in use: ${error instanceof Error ? error.message : String(error)}`
      this.#tell(reason, { found: message, message, isError: true })
    }
  }

  #tell(reason: 'change' | 'signal', { found, message, isError }: Outcome): void {
    const isNews = reason === 'signal' || found !== this.#found
    this.#found = found
    if (isNews && !this.#isStopped) this.#options.told(message, isError)
  }
}

interface Outcome {
  /** The certificate, or what was wrong. */
  readonly found: string
  readonly message: string
  readonly isError: boolean
}
