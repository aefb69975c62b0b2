// What the scripts of tasks share; as kit.py.
import assert from 'node:assert/strict';

export const url = (process.env.WORKSPACE ?? 'http://127.0.0.1:8787').replace(/\/$/, '');
export const same = (actual, expected) => assert.deepEqual(actual, expected);
const tasks = [];
export const task = (name, work) => tasks.push([name, work]);

export async function run() {
  for (const [name, work] of tasks) {
    let why = '';
    try {
      await work();
    } catch (error) {
      why = `${error.name}: ${String(error.message).split('\n').slice(0, 3).join(' ').slice(0, 300)}`;
    }
    console.log(JSON.stringify({ task: name, why }));
  }
}
