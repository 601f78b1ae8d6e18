import {
	ICredentialsHelper,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

import { withCredentialFields } from './credentialFields';
import type { LoadedNodes } from './nodeTypes';
import type { CredentialStore } from './types';

/** n8n's credentials helper, except for the source of the credentials. */
export class HarnessCredentials extends ICredentialsHelper {
	constructor(
		private readonly nodes: LoadedNodes,
		private readonly store: CredentialStore,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		return this.nodes.parentCredentialTypes(name);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		if (!isRequest(requestOptions)) throw new Error('The request has no URL.');
		const { authenticate } = this.nodes.credentialType(typeName);
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (!workflow || !node) throw new Error(`${typeName} needs a workflow and a node.`);
		return withCredentialFields(requestOptions, authenticate, credentials, workflow, node);
	}

	/** Fetches a token if the credential has one that expires, and it is empty or has expired. */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		_node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const token = this.nodes
			.credentialType(typeName)
			.properties.find(({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable);
		if (!token || (credentials[token.name] !== '' && !credentialsExpired)) return undefined;
		const fetched = await this.runPreAuthentication(helpers, credentials, typeName);
		if (!fetched) return undefined;
		// As in n8n, the next request finds the token in the stored credential.
		this.store[typeName] = { ...this.store[typeName], ...fetched };
		return Object.assign(credentials, fetched);
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.nodes.credentialType(typeName);
		const fetched = await preAuthentication?.call(helpers, credentials);
		return fetched && credentialValues(Object.entries(fetched));
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('The harness stores no encrypted credentials.');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const credentials = this.store[type];
		if (!credentials) throw new Error(`No credential of type ${type} was given to the harness.`);
		const defaults = this.getCredentialsProperties(type).map((property): [string, unknown] => [
			property.name,
			property.default,
		]);
		return { ...credentialValues(defaults), ...structuredClone(credentials) };
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}

	getCredentialsProperties(type: string): INodeProperties[] {
		const properties: INodeProperties[] = [];
		for (const name of [...this.getParentTypes(type).reverse(), type]) {
			NodeHelpers.mergeNodeProperties(properties, this.nodes.credentialType(name).properties);
		}
		return properties;
	}
}

/** The fields that a credential can have; all others are left out. */
function credentialValues(fields: Array<[string, unknown]>): ICredentialDataDecryptedObject {
	const values: ICredentialDataDecryptedObject = {};
	for (const [name, value] of fields) {
		if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
			values[name] = value;
		}
	}
	return values;
}

/**
 * Older nodes, such as HTTP Request, call the URL `uri`; n8n forwards their requests anyway.
 */
function isRequest(
	request: IHttpRequestOptions | IRequestOptionsSimplified,
): request is IHttpRequestOptions {
	return 'url' in request || 'uri' in request;
}
