import type { StatusFault } from '../simulator/types';
import {
	adopted,
	cannotOccur,
	retried,
	stopped,
	unharmed,
	type Expectation,
	type Row,
} from './expectations';

const KEY = /did not accept the API key.*paste a current key/s;
const ACCOUNT = /account restriction.*balance/s;
const PARAMETERS = /rejected the request parameters.*Change the parameter/s;
const POLICY = /content policy.*another image/s;
const OUT_OF_CREDIT = /out of credit.*quota of the API key.*top up/s;
const FIREWALL = /A firewall blocked the request.*another network/s;
const PATH = /web page or a redirect.*Base URL/s;
const UNKNOWN_TASK = /could not find the task.*task ID/s;

/** It is unknown whether a task was created, so the node does not send the request again. */
const lost = stopped(/Could not confirm whether the task was created.*not repeated/s, 0);

/** File hosts use HTTP statuses, not codes. */
const gone = stopped(/could not be downloaded: The file host responded with HTTP 4\d\d/, 1);
const noFileCode = cannotOccur('file hosts send no codes with HTTP 200');

function row(http: number, code: StatusFault['code'], at: Row['at']): Row {
	return {
		fault: `HTTP ${http}${code === undefined ? '' : ` code ${code}`}`,
		kind: { http, code },
		at,
	};
}

/** Rejected permanently: nothing was created, and another attempt would not help. */
function forGood(http: number, code: StatusFault['code'], says: RegExp): Row {
	return row(http, code, {
		speech: stopped(says, 0),
		create: stopped(says, 0),
		poll: stopped(says, 1),
		download: http === 429 || http >= 500 ? retried : gone,
	});
}

/** The task is unknown, which is possible for a while if it is new. */
function unknownTask(http: number, code: StatusFault['code']): Row {
	const refused = forGood(http, code, UNKNOWN_TASK);
	return { ...refused, at: { ...refused.at, poll: retried } };
}

/** Rejected temporarily: nothing was created, and the same request is accepted later. */
function forNow(code: number): Row {
	return row(429, code, { speech: retried, create: retried, poll: retried, download: retried });
}

/** The service is down, so it is unknown whether it created the task. */
function down(http: number, code?: number): Row[] {
	const later = { poll: retried, download: retried };
	const { fault } = row(http, code, { speech: lost, create: lost, ...later });
	return [
		{
			fault: `${fault}, no task created`,
			kind: { http, code },
			at: { speech: lost, create: lost, ...later },
		},
		{
			fault: `${fault}, task created`,
			kind: { http, code, afterTask: true },
			at: { speech: adopted, create: adopted, ...later },
		},
	];
}

function onTheWire(
	fault: string,
	kind: Row['kind'],
	making: Expectation,
	poll: Expectation,
	download: Expectation,
): Row {
	return { fault, kind, at: { speech: making, create: making, poll, download } };
}

/** Kling's rejection in an error of the gateway: the code is inside the message. */
function wrapped(http: number): Row {
	const inner = JSON.stringify({ code: 1303, message: 'parallel task over resource pack limit' });
	const body = JSON.stringify({ code: 'fail_to_fetch_task', message: inner, data: null });
	return {
		fault: `HTTP ${http} with code 1303 inside the message`,
		kind: { http, body },
		at: { speech: retried, create: retried, poll: retried, download: retried },
	};
}

/** The rejection of the node's own new ID after a gateway has repeated the request. */
function repeatedId(fault: string, kind: StatusFault): Row {
	const message = 'external_task_id already exists (duplicate)';
	return {
		fault: `${fault} that says the new external ID already exists, task created`,
		kind: { ...kind, message, afterTask: true },
		at: {
			speech: adopted,
			create: adopted,
			poll: cannotOccur('a poll returns no new ID'),
			download: cannotOccur('files have no IDs'),
		},
	};
}

/** HTTP 403 that does not come from CometAPI itself. */
function firewall(name: string, body: string, contentType: string): Row {
	const { at } = forGood(403, undefined, FIREWALL);
	return { fault: `HTTP 403 ${name}`, kind: { http: 403, body, contentType }, at };
}

/** A valid response with the ID of a different task. */
function wrongId(fault: string, id: string, making: Expectation, afterTask = false): Row {
	const body = JSON.stringify({ code: 0, data: { task_id: id, task_status: 'submitted' } });
	const download = cannotOccur('files have no IDs');
	return onTheWire(fault, { http: 200, body, afterTask }, making, retried, download);
}

const wrongPath = { speech: stopped(PATH, 0), create: stopped(PATH, 0), poll: stopped(PATH, 1) };

/**
 * Each fault of docs/maintainers/service-notes.md#errors and each network fault, with the expected
 * result at each step.
 */
export const MATRIX: Row[] = [
	...[1000, 1001, 1002, 1003, 1004].map((code) => forGood(401, code, KEY)),
	...[1100, 1101, 1102, 1304].map((code) => forGood(429, code, ACCOUNT)),
	forGood(403, 1103, /no permission.*which models/s),
	forGood(403, 'insufficient_user_quota', OUT_OF_CREDIT),
	forGood(403, 'insufficient_quota', OUT_OF_CREDIT),
	firewall('with a web page', '<html><body>Blocked</body></html>', 'text/html'),
	firewall('with plain text', 'error code: 1020', 'text/plain'),
	forGood(402, undefined, OUT_OF_CREDIT),
	forGood(400, 1200, PARAMETERS),
	forGood(400, 1201, PARAMETERS),
	repeatedId('HTTP 400 code 1201', { http: 400, code: 1201 }),
	repeatedId('HTTP 409', { http: 409, code: 'conflict' }),
	forGood(404, 1202, PATH),
	unknownTask(404, 1203),
	unknownTask(400, 'task_not_exist'),
	forGood(400, 1300, POLICY),
	forGood(400, 1301, POLICY),
	forNow(1302),
	forNow(1303),
	wrapped(429),
	wrapped(500),
	{
		fault: "HTTP 500 with Cloudflare's error 1101, task created",
		kind: { http: 500, body: 'error code: 1101', contentType: 'text/plain', afterTask: true },
		at: { speech: adopted, create: adopted, poll: retried, download: retried },
	},
	row(503, 'model_not_found', {
		speech: retried,
		create: retried,
		poll: retried,
		download: retried,
	}),
	row(429, undefined, { speech: retried, create: retried, poll: retried, download: retried }),
	forGood(413, undefined, /larger than CometAPI accepts.*smaller image/s),
	forGood(500, 'invalid_request', PARAMETERS),
	...down(408),
	...down(499).map((row) => ({ ...row, at: { ...row.at, download: gone } })),
	...down(500, 5000),
	...down(503, 5001),
	...down(504, 5002),
	...down(524),
	row(200, 1303, { speech: retried, create: retried, poll: retried, download: noFileCode }),
	row(200, 1101, {
		speech: stopped(ACCOUNT, 0),
		create: stopped(ACCOUNT, 0),
		poll: stopped(ACCOUNT, 1),
		download: noFileCode,
	}),
	row(200, 9999, { speech: lost, create: lost, poll: retried, download: noFileCode }),
	wrongId('a task ID that changes the request path, no task created', '..', lost),
	wrongId('a task ID that changes the request path, task created', '..', adopted, true),
	wrongId('the ID of another task', '77812345', cannotOccur('a new task has no ID yet')),
	onTheWire(
		'connection refused',
		'refused',
		retried,
		retried,
		stopped(/connection to the file host failed/, 0),
	),
	onTheWire('reset before the task exists', 'resetBefore', lost, retried, retried),
	onTheWire('reset after the task exists', 'resetAfter', adopted, retried, retried),
	onTheWire('no response, no task created', 'hangBefore', lost, retried, retried),
	onTheWire('no response, task created', 'hangAfter', adopted, retried, retried),
	onTheWire('slow body', 'slowBody', adopted, retried, retried),
	onTheWire('truncated body', 'cutBody', adopted, retried, retried),
	onTheWire('broken JSON', 'brokenJson', adopted, retried, cannotOccur('a file is not JSON')),
	onTheWire('empty body', 'emptyBody', adopted, retried, retried),
	onTheWire('huge body', 'hugeBody', adopted, retried, stopped(/not a valid video file/, 1)),
	onTheWire('wrong content type', 'wrongContentType', unharmed, unharmed, unharmed),
	{
		fault: 'web page with HTTP 200',
		kind: 'html',
		at: { ...wrongPath, download: stopped(/not a valid video file/, 1) },
	},
	{ fault: 'redirect to another host', kind: 'redirect', at: { ...wrongPath, download: retried } },
];
