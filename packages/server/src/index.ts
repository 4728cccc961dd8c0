/** The server as other packages see it. */
export { ConfigurationFault } from './config/configuration-fault.ts'
export type { EmulatorConfiguration, ListenAddress, ProductionConfiguration } from './config/server-configuration.ts'
export { type RunningEmulator, startEmulator } from './emulator/start-emulator.ts'
export type { RootCredential } from './install/root-credential.ts'
export { DataLocked } from './journal/data-lock.ts'
export { JournalDamaged, JournalUnavailable } from './journal/journal.ts'
export { type OfflineConfiguration, recoverRoot, type RunningServer, startProduction } from './main.ts'
export { createLog, type Log } from './telemetry/log.ts'
export {
  MASTER_KEY_FILE,
  MASTER_KEY_VARIABLE,
  type MasterKeySource,
  parseMasterKeyCommand,
} from './vault/master-key.ts'
export { VaultFault } from './vault/vault-fault.ts'
export { startSupervisor } from './workers/supervisor.ts'
