// Public FHIR clients against a running service: node run.mjs <base> <Patient id> <Task id>
// Prints one line of JSON for each thing that was tried.
import { createRequire } from 'node:module';
import { Client as KitClient } from 'fhir-kit-client';

const require = createRequire(import.meta.url);
const FhirClient = require('fhirclient/lib/Client.js').default;
const [base, patient, task] = process.argv.slice(2);
const basic = (user) => 'Basic ' + Buffer.from(`${user}:${user}`).toString('base64');

let failed = 0;
async function tried(client, what, run, refused) {
  let problem = '';
  try {
    await run();
    if (refused) problem = 'was not refused';
  } catch (error) {
    const status = error?.response?.status ?? error?.statusCode ?? error?.status;
    if (!refused || status !== refused) problem = String(error?.message ?? error).slice(0, 300);
  }
  if (problem) failed++;
  console.log(JSON.stringify({ client, what, refused: refused ?? null, ok: !problem, problem }));
}
function check(condition, text) {
  if (!condition) throw new Error(text);
}

async function kit() {
  const name = 'fhir-kit-client';
  const client = new KitClient({ baseUrl: base, customHeaders: { Authorization: basic('ehr') } });
  const body = {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:clients', value: `kit-${Date.now()}` }],
    name: [{ family: 'Kit' }],
  };
  let created;
  await tried(name, 'capabilities', async () => {
    const found = await client.capabilityStatement();
    check(found.fhirVersion === '4.0.1', 'no R4');
  });
  await tried(name, 'SMART configuration', () => client.smartAuthMetadata());
  await tried(name, 'create', async () => {
    created = await client.create({ resourceType: 'Patient', body });
    check(created.id, 'no id');
  });
  await tried(name, 'conditional create by identifier', async () => {
    const again = await client.create({
      resourceType: 'Patient',
      body,
      options: { headers: { 'If-None-Exist': `identifier=urn:clients|${body.identifier[0].value}` } },
    });
    check(again.id === created.id, 'made another');
  });
  await tried(name, 'read', () => client.read({ resourceType: 'Patient', id: created.id }));
  await tried(name, 'vread', () => client.vread({ resourceType: 'Patient', id: created.id, version: '1' }));
  await tried(name, 'update', async () => {
    created = await client.update({
      resourceType: 'Patient',
      id: created.id,
      body: { ...created, birthDate: '1950-01-01' },
    });
    check(created.meta.versionId === '2', 'no version 2');
  });
  await tried(name, 'update of a stale version', () => client.update({
    resourceType: 'Patient', id: created.id, body: created, options: { headers: { 'If-Match': 'W/"1"' } },
  }), 412);
  await tried(name, 'JSON patch', async () => {
    const patched = await client.patch({
      resourceType: 'Patient',
      id: created.id,
      jsonPatch: [{ op: 'replace', path: '/birthDate', value: '1951-01-01' }],
    });
    check(patched.birthDate === '1951-01-01', 'not patched');
  });
  await tried(name, 'history of one', async () => {
    const found = await client.history({ resourceType: 'Patient', id: created.id });
    check(found.entry.length === 3, 'versions');
  });
  await tried(name, 'search', async () => {
    const found = await client.search({
      resourceType: 'Patient', searchParams: { identifier: `urn:clients|${body.identifier[0].value}` },
    });
    check(found.entry.length === 1, 'not found');
  });
  await tried(name, 'search by POST', async () => {
    const found = await client.search({
      resourceType: 'Patient', searchParams: { _id: created.id }, options: { postSearch: true },
    });
    check(found.entry.length === 1, 'not found');
  });
  await tried(name, 'paging forward and back', async () => {
    let page = await client.search({ resourceType: 'Questionnaire', searchParams: { _count: 7 } });
    const first = page.entry[0].resource.id;
    const ids = new Set();
    let pages = 1;
    for (;;) {
      page.entry.forEach((entry) => ids.add(entry.resource.id));
      const next = await client.nextPage({ bundle: page });
      if (!next) break;
      page = next;
      pages++;
    }
    check(pages > 2 && ids.size > 14, 'pages');
    for (let i = 1; i < pages; i++) page = await client.prevPage({ bundle: page });
    check(page.entry[0].resource.id === first, 'not back');
  });
  await tried(name, '_include and _revinclude', async () => {
    const found = await client.search({
      resourceType: 'Task', searchParams: { _id: task, _include: 'Task:patient', _revinclude: 'Provenance:target' },
    });
    check(found.entry.some((entry) => entry.resource.resourceType === 'Patient'), 'no Patient');
  });
  await tried(name, 'compartment search', () => client.search({
    resourceType: 'Observation', compartment: { resourceType: 'Patient', id: patient },
  }));
  await tried(name, 'Patient/$everything', async () => {
    const found = await client.operation({ name: 'everything', resourceType: 'Patient', id: patient, method: 'GET' });
    check(found.entry.length > 1, 'nothing');
  });
  await tried(name, 'ValueSet/$expand', async () => {
    const found = await client.operation({
      name: 'expand', resourceType: 'ValueSet', method: 'GET',
      input: { url: 'http://hl7.org/fhir/ValueSet/administrative-gender' },
    });
    check(found.expansion.contains.length === 4, 'codes');
  });
  await tried(name, 'Task/$populate', async () => {
    const found = await client.operation({ name: 'populate', resourceType: 'Task', id: task, method: 'GET' });
    check(found.resourceType === 'QuestionnaireResponse', found.resourceType);
  }, 403);
  await tried(name, 'transaction', () => client.transaction({
    body: {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{
        fullUrl: 'urn:uuid:7f3f6c0e-0000-4000-8000-000000000001',
        resource: { resourceType: 'Patient', name: [{ family: 'Kit' }] },
        request: { method: 'POST', url: 'Patient' },
      }, {
        resource: {
          resourceType: 'Condition',
          subject: { reference: 'urn:uuid:7f3f6c0e-0000-4000-8000-000000000001' },
          code: { text: 'Back pain' },
        },
        request: { method: 'POST', url: 'Condition' },
      }],
    },
  }));
  await tried(name, 'batch', () => client.batch({
    body: {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{
        resource: { resourceType: 'Patient', name: [{ family: 'Kit' }] },
        request: { method: 'POST', url: 'Patient' },
      }],
    },
  }));
  await tried(name, 'delete', () => client.delete({ resourceType: 'Patient', id: created.id }), 403);
  await tried(name, 'history of a type', () => client.history({ resourceType: 'Patient' }), 403);
  await tried(name, 'search over all types', () => client.search({ searchParams: { _id: patient } }), 400);
  await tried(name, 'chain', () => client.search({
    resourceType: 'Observation', searchParams: { 'patient.name': 'x' },
  }), 403);
}

async function smart() {
  const name = 'fhirclient';
  const stub = { options: {}, btoa };
  const client = new FhirClient(stub, { serverUrl: base, username: 'ehr', password: 'ehr' });
  let created;
  await tried(name, 'FHIR version', async () => {
    check((await client.getFhirVersion()) === '4.0.1', 'no R4');
  });
  await tried(name, 'create', async () => {
    created = await client.create({ resourceType: 'Patient', name: [{ family: 'Smart' }] });
    check(created.id, 'no id');
  });
  await tried(name, 'read', () => client.request(`Patient/${created.id}`));
  await tried(name, 'update', () => client.update({ ...created, gender: 'other' }));
  await tried(name, 'JSON patch', () => client.patch(`Patient/${created.id}`, [
    { op: 'replace', path: '/gender', value: 'female' },
  ]));
  await tried(name, 'all pages, flat', async () => {
    const all = await client.request('Questionnaire?_count=10', { pageLimit: 0, flat: true });
    check(new Set(all.map((one) => one.id)).size === all.length && all.length > 10, 'pages');
  });
  await tried(name, 'resolveReferences', async () => {
    const found = await client.request(`Task/${task}`, { resolveReferences: ['for', 'focus'] });
    check(found.for.resourceType === 'Patient', 'not resolved');
  });
  await tried(name, 'compartment search', () => client.request(`Patient/${patient}/Condition`));
  await tried(name, 'Patient/$everything, all pages', async () => {
    const all = await client.request(`Patient/${patient}/$everything?_count=5`, { pageLimit: 0, flat: true });
    check(all.length > 5, 'pages');
  });
  await tried(name, 'delete', () => client.delete(`Patient/${created.id}`), 403);
}

await kit();
await smart();
process.exit(failed ? 1 : 0);
