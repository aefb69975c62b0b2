// Serves emulate's Google (npm) for the comparison and prints its address; its own command needs a newer Node.
import { createEmulator } from 'emulate';

const people = ['admin', 'ben'].map((name) => ({ email: `${name}@example.com`, name }));
const google = await createEmulator({
  service: 'google',
  port: 0,
  seed: { tokens: { bench: { login: 'admin@example.com', scopes: ['*'] } }, google: { users: people } },
});
console.log(google.url);
