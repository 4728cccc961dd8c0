// The story with boto3. The steps are Python, in the folder beside this file; each comes out as a test of its own.
import { test } from 'node:test'
import { runBoto3Steps } from './service/boto3-steps.ts'

test('the story with boto3', (t) => runBoto3Steps(t, 'story-boto3.py', 11))
