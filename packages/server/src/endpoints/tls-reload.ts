/** Takes a renewed certificate into use without a restart: when its files change, and on SIGHUP. */
import { unwatchFile, watchFile } from 'node:fs'
import { readTlsMaterial, type TlsFiles, type TlsMaterial } from './tls-material.ts'

/** Certificates are renewed by writing files or moving links; looking at them costs next to nothing. */
const LOOK_EVERY_MS = 2_000

export interface TlsReloadOptions {
  readonly files: TlsFiles
  readonly use: (material: TlsMaterial) => void
  /** One line for the operator. */
  readonly told: (message: string, isError: boolean) => void
}

/** Returns how to stop. A pair that does not fit (one file is renewed before the other) is told of, and the one before stays. */
export function reloadTls({ files, use, told }: TlsReloadOptions): () => void {
  const reload = (): void => {
    readTlsMaterial(files).then(
      (material) => {
        use(material)
        told('the certificate was read again', false)
      },
      (error: unknown) => {
        told(`the certificate before stays in use: ${error instanceof Error ? error.message : String(error)}`, true)
      },
    )
  }
  const both = [files.certFile, files.keyFile]
  for (const file of both) watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, reload)
  process.on('SIGHUP', reload)
  return () => {
    for (const file of both) unwatchFile(file, reload)
    process.off('SIGHUP', reload)
  }
}
