import path from 'node:path';
import { LazyPackageDirectoryLoader, PackageDirectoryLoader, type DirectoryLoader } from 'n8n-core';
import {
	NodeConnectionTypes,
	NodeHelpers,
	type ICredentialType,
	type IDataObject,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';

import { PROJECT_FOLDER } from './project';

const OWN_PACKAGE = 'n8n-nodes-cometapi-kling';
const OWN_NODE = `${OWN_PACKAGE}.cometApiKling`;
const BASE_PACKAGE = 'n8n-nodes-base';

/** Environment variable with the folder of an additional package with nodes for the tests. */
export const NODES_VARIABLE = 'KLING_TEST_NODES';

/** The built package and n8n's own nodes, loaded by n8n's own loaders. */
export class LoadedNodes implements INodeTypes {
	private constructor(private readonly loaders: Record<string, DirectoryLoader>) {}

	/**
	 * @param ownFolder the folder of the package; the project itself unless a test installs it
	 * elsewhere
	 */
	static async load(ownFolder = PROJECT_FOLDER): Promise<LoadedNodes> {
		const baseFolder = path.dirname(require.resolve(`${BASE_PACKAGE}/package.json`));
		const loaders: Record<string, DirectoryLoader> = {
			[OWN_PACKAGE]: new PackageDirectoryLoader(ownFolder),
			[BASE_PACKAGE]: new LazyPackageDirectoryLoader(baseFolder),
		};
		const moreFolder = process.env[NODES_VARIABLE];
		if (moreFolder !== undefined) {
			const more = new PackageDirectoryLoader(moreFolder);
			loaders[more.packageName] = more;
		}
		for (const loader of Object.values(loaders)) await loader.loadAll();
		return new LoadedNodes(loaders);
	}

	getByName(nodeType: string): INodeType | IVersionedNodeType {
		const dot = nodeType.lastIndexOf('.');
		const loader = this.loaders[nodeType.slice(0, dot)];
		if (!loader) throw new Error(`No package has the node ${nodeType}.`);
		return loader.getNode(nodeType.slice(dot + 1)).type;
	}

	getByNameAndVersion(nodeType: string, version?: number): INodeType {
		if (nodeType === `${OWN_NODE}Tool`) {
			return asTool(NodeHelpers.getVersionedNodeType(this.getByName(OWN_NODE), version));
		}
		return NodeHelpers.getVersionedNodeType(this.getByName(nodeType), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}

	/**
	 * A credential type of any loaded package.
	 *
	 * @throws if no package has it
	 */
	credentialType(name: string): ICredentialType {
		const loader = this.loaderOfCredential(name);
		if (!loader) throw new Error(`No package has the credential ${name}.`);
		return loader.getCredential(name).type;
	}

	/** The credential types that this one extends, and those that they extend. */
	parentCredentialTypes(name: string): string[] {
		const parents = this.loaderOfCredential(name)?.known.credentials[name]?.extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.parentCredentialTypes(parent))];
	}

	private loaderOfCredential(name: string): DirectoryLoader | undefined {
		return Object.values(this.loaders).find((loader) => name in loader.known.credentials);
	}
}

/**
 * The tool that n8n's server makes from a node that agents can use (ai-tools,
 * `convertNodeToAiTool`).
 */
function asTool(node: INodeType): INodeType {
	const { description } = node;
	const toolDescription: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: description.description,
	};
	const tool: unknown = Object.create(node, {
		description: {
			value: {
				...description,
				name: `${description.name}Tool`,
				inputs: [],
				outputs: [NodeConnectionTypes.AiTool],
				properties: [toolDescription, ...description.properties],
			},
		},
	});
	if (!isNodeType(tool)) throw new Error('The node cannot be a tool.');
	return tool;
}

function isNodeType(value: unknown): value is INodeType {
	return typeof value === 'object' && value !== null && 'description' in value;
}
