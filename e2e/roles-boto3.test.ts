// Roles with boto3. The steps are Python, in the file beside this one; each comes out as a test of its own.
import { test } from 'node:test'
import { runBoto3Steps } from './service/boto3-steps.ts'

test('roles and instance profiles with boto3', (t) => runBoto3Steps(t, 'roles-boto3.py', 6))
