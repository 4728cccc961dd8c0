/** The server as other packages see it. */
export type { EmulatorConfiguration, ListenAddress, ProductionConfiguration } from './config/server-configuration.ts'
export { type RunningEmulator, startEmulator } from './emulator/start-emulator.ts'
export { type RunningServer, startProduction } from './main.ts'
export { createLog, type Log } from './telemetry/log.ts'
