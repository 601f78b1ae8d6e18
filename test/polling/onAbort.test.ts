import { getEventListeners } from 'node:events';

import { onAbort } from '../../nodes/CometApiKling/polling/time/onAbort';

test('calls back once when the signal aborts', () => {
	const controller = new AbortController();
	const called = jest.fn();
	onAbort(controller.signal, called);
	expect(called).not.toHaveBeenCalled();
	controller.abort();
	controller.abort();
	expect(called).toHaveBeenCalledTimes(1);
});

test('calls back immediately if the signal has aborted, even after other callbacks', () => {
	const controller = new AbortController();
	onAbort(controller.signal, () => undefined);
	controller.abort();
	const called = jest.fn();
	onAbort(controller.signal, called)();
	expect(called).toHaveBeenCalledTimes(1);
});

test('an unsubscribed callback is not called', () => {
	const controller = new AbortController();
	const called = jest.fn();
	const kept = jest.fn();
	const unsubscribe = onAbort(controller.signal, called);
	onAbort(controller.signal, kept);
	unsubscribe();
	controller.abort();
	expect(called).not.toHaveBeenCalled();
	expect(kept).toHaveBeenCalledTimes(1);
});

test('the signal has one listener for any number of callbacks', () => {
	const controller = new AbortController();
	for (let count = 0; count < 20; count++) onAbort(controller.signal, () => undefined);
	expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
});

test('does nothing without a signal', () => {
	const called = jest.fn();
	onAbort(undefined, called)();
	expect(called).not.toHaveBeenCalled();
});
