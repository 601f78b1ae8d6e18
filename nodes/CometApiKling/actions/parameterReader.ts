import type { IExecuteFunctions } from 'n8n-workflow';

import { isRecord, type JsonRecord } from '../kling/json';
import { redact } from '../kling/errors/redact';
import { invalidParameter } from './invalidParameter';
import { asChoice, asFlag, asNumber, asText, present, type NumberRange } from './parameterValues';

/** What validation needs to know besides the parameters. */
export interface ValidationContext {
	/** Whether the API runs on this machine, as the simulator does; local URLs are then allowed. */
	apiIsLocal: boolean;
	/**
	 * Whether an AI agent calls the node as a tool; n8n cannot suspend such a call
	 * (docs/maintainers/decisions.md#callbacks).
	 */
	isToolCall: boolean;
	/** The URL to which a POST resumes the suspended execution. */
	resumeUrl: string;
}

/**
 * The parameters of one item, with every value checked: expressions can yield anything. All its
 * methods throw a UserError that names the parameter as the editor shows it.
 */
export class ParameterReader {
	/** `undefined` if the expression of an option fails, so that each one has to be read alone. */
	private readonly options: JsonRecord | undefined;

	constructor(
		readonly context: IExecuteFunctions,
		readonly itemIndex: number,
		readonly validation: ValidationContext,
	) {
		this.options = this.readOptions();
	}

	/** A string, without surrounding whitespace; empty if nothing was entered. */
	text(name: string, label: string): string {
		return asText(this.value(name, label), label);
	}

	/** A string that must not be empty. */
	requiredText(name: string, label: string, example: string): string {
		return present(this.text(name, label), label, example);
	}

	/** The value of a resource locator (a list or an ID), which must not be empty. */
	requiredLocator(name: string, label: string, example: string): string {
		const value = this.value(name, label, { extractValue: true });
		return present(asText(value, label), label, example);
	}

	/** One of the values of a list. */
	choice<Value extends string>(name: string, label: string, values: readonly Value[]): Value {
		return asChoice(this.value(name, label), label, values);
	}

	flag(name: string, label: string): boolean {
		return asFlag(this.value(name, label), label);
	}

	number(name: string, label: string, range: NumberRange): number {
		return asNumber(this.value(name, label), label, range);
	}

	/** A string from *Options*; `undefined` if it was not added or was left empty. */
	optionalText(name: string, label: string): string | undefined {
		const text = asText(this.option(name, label), label);
		return text === '' ? undefined : text;
	}

	/** A number from *Options*, or the default if it was not added. */
	optionalNumber<Fallback extends number | undefined>(
		name: string,
		label: string,
		fallback: Fallback,
		range: NumberRange,
	): number | Fallback {
		const value = this.option(name, label);
		return value === undefined ? fallback : asNumber(value, label, range);
	}

	optionalFlag(name: string, label: string, fallback: boolean): boolean {
		const value = this.option(name, label);
		return value === undefined ? fallback : asFlag(value, label);
	}

	optionalChoice<Value extends string>(
		name: string,
		label: string,
		fallback: Value,
		values: readonly Value[],
	): Value {
		const value = this.option(name, label);
		return value === undefined ? fallback : asChoice(value, label, values);
	}

	/**
	 * All options at once, which is faster. n8n does not say which of them failed, so that the error
	 * is left to `option`, which knows the label.
	 */
	private readOptions(): JsonRecord | undefined {
		try {
			const options = this.value('options', 'Options');
			return isRecord(options) ? options : {};
		} catch {
			return undefined;
		}
	}

	private option(name: string, label: string): unknown {
		return this.options ? this.options[name] : (this.value(`options.${name}`, label) ?? undefined);
	}

	/**
	 * Whatever the parameter holds, unchecked; `null` for a parameter that the node lacks, so that
	 * the error can name it.
	 *
	 * @throws UserError in n8n's own words if an expression fails
	 */
	value(name: string, label: string, options?: { extractValue: boolean }): unknown {
		try {
			const value: unknown = this.context.getNodeParameter(name, this.itemIndex, null, options);
			return value;
		} catch (error) {
			const message = error instanceof Error ? redact(error.message) : 'unknown error';
			throw invalidParameter(
				label,
				`could not be evaluated: ${message}`,
				'Check the expression in the parameter.',
			);
		}
	}
}
