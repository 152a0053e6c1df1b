/** @file As much of JSON Schema as this project's schemas use; a keyword that is not known here is an error, not a pass. */
type Schema = Readonly<Record<string, unknown>>;

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;

const isOf = (value: unknown, type: string): boolean =>
  type === 'integer' ? Number.isInteger(value) : typeOf(value) === type;

/** What does not fit, by its place; empty where everything does. */
export function misfits(value: unknown, schema: Schema, place = '$'): string[] {
  const found: string[] = [];
  const refuse = (what: string): void => void found.push(`${place}: ${what}`);
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>;
  for (const [keyword, wanted] of Object.entries(schema))
    switch (keyword) {
      case 'type':
        if (![wanted].flat().some((type) => isOf(value, String(type)))) refuse(`is no ${wanted}`);
        break;
      case 'enum':
        if (!(wanted as unknown[]).includes(value)) refuse(`is none of ${wanted}`);
        break;
      case 'pattern':
        if (typeof value === 'string' && !new RegExp(String(wanted), 'u').test(value))
          refuse(`is not ${wanted}`);
        break;
      case 'minimum':
        if (typeof value === 'number' && value < Number(wanted)) refuse(`is below ${wanted}`);
        break;
      case 'maximum':
        if (typeof value === 'number' && value > Number(wanted)) refuse(`is above ${wanted}`);
        break;
      case 'minItems':
        if (Array.isArray(value) && value.length < Number(wanted)) refuse(`has fewer than ${wanted}`);
        break;
      case 'items':
        if (Array.isArray(value))
          value.forEach((item, i) => void found.push(...misfits(item, wanted as Schema, `${place}[${i}]`)));
        break;
      case 'oneOf':
        if ((wanted as Schema[]).filter((one) => misfits(value, one, place).length === 0).length !== 1)
          refuse('fits not exactly one');
        break;
      case 'required':
        for (const name of wanted as string[])
          if (isOf(value, 'object') && !Object.hasOwn(value as object, name)) refuse(`lacks ${name}`);
        break;
      case 'properties':
      case 'additionalProperties':
        if (!isOf(value, 'object')) break;
        for (const [name, part] of Object.entries(value as object)) {
          const known = Object.hasOwn(properties, name) ? properties[name] : null;
          if (keyword === 'properties')
            found.push(...(known ? misfits(part, known, `${place}.${name}`) : []));
          else if (!known && wanted === false) refuse(`has ${name}`);
          else if (!known) found.push(...misfits(part, wanted as Schema, `${place}.${name}`));
        }
        break;
      case '$schema':
      case 'title':
      case 'description':
        break;
      default:
        throw new Error(`${place}: the keyword ${keyword} is not known here`);
    }
  return found;
}
