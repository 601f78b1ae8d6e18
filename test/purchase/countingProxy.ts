import { isRecord } from '../support/isRecord';

/**
 * An object that counts each operation on it and on the objects in it. Listing the keys counts once
 * for each key, which is what copying the object would cost.
 */
export function countingProxy(
	target: Record<string, unknown>,
	count: () => void,
): Record<string, unknown> {
	const proxies = new WeakMap<object, object>();
	const wrap = (object: object): object => {
		const known = proxies.get(object);
		if (known) return known;
		const proxy = new Proxy(object, {
			get: (inner, key): unknown => {
				count();
				const value: unknown = Reflect.get(inner, key);
				return typeof value === 'object' && value !== null ? wrap(value) : value;
			},
			set: (inner, key, value: unknown) => {
				count();
				return Reflect.set(inner, key, value);
			},
			deleteProperty: (inner, key) => {
				count();
				return Reflect.deleteProperty(inner, key);
			},
			ownKeys: (inner) => {
				const keys = Reflect.ownKeys(inner);
				keys.forEach(count);
				return keys;
			},
		});
		proxies.set(object, proxy);
		return proxy;
	};
	const proxy = wrap(target);
	return isRecord(proxy) ? proxy : target;
}
