/** The server as other packages see it. */
export type { ProductionConfiguration } from './config/server-configuration.ts'
export { type RunningServer, startProduction } from './main.ts'
export { createLog, type Log } from './telemetry/log.ts'
