import { Radio, Select } from '@mantine/core';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeTypeOrIgnore } from '#shared/contract/network.ts';
import type { ImportOptions, ImportPlan } from '#shared/contract/transfer.ts';
import { graphFields } from '#shared/contract/graph-fields.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { useTexts } from '../../i18n/setup.ts';
import { fieldName, typeNames, capitalised } from '../../text/names.ts';
import { Disclosure } from './Disclosure.tsx';
import { chooseOptions } from './run.ts';
import { restName } from './sentences.ts';
import styles from './sheet.module.css';

type Graph = NonNullable<ImportPlan['graph']>;
type Attribute = Graph['attributes'][number];

interface Props {
  graph: Graph;
  options: ImportOptions;
}

const nodeTypeOptions = () => nodeType.options.map((value) => ({ value, label: typeNames(value) }));

/** Types, and that nodes are no records. */
function useNodeChoices(): { value: NodeTypeOrIgnore; label: string }[] {
  const { t } = useTexts('transfer');
  return [...nodeTypeOptions(), { value: 'ignore', label: t('sheets:column.ignore') }];
}

function chooseNodeType({ node_types }: ImportOptions, value: string, type: NodeTypeOrIgnore | null): void {
  if (type === null) return;
  chooseOptions({ node_types: [...node_types.filter((one) => one.value !== value), { value, type }] });
}

/** The types of nodes with an unknown type or without one. */
export function NodeTypeChoices({ graph: { untyped, types }, options }: Props) {
  const { t } = useTexts('transfer');
  const choices = useNodeChoices();
  return (
    <>
      {types.map(
        ({ attribute, value, count, type }) =>
          attribute !== null && (
            <Select
              key={value}
              size="xs"
              label={t('graph.kind', { value, count })}
              description={t('graph.kindHint', { attribute })}
              value={type}
              data={choices}
              onChange={(chosen) => chooseNodeType(options, value, chosen)}
            />
          ),
      )}
      {untyped > 0 && <UntypedChoice count={untyped} options={options} />}
    </>
  );
}

/** Each node without a type, with the type that its name tells. */
export function SingleNodeTypes({ graph: { types }, options }: Props) {
  const { t } = useTexts('transfer');
  const choices = useNodeChoices();
  const nodes = types.filter(({ attribute }) => attribute === null);
  if (nodes.length === 0) return null;
  return (
    <section className={styles.sheetPart} aria-label={t('graph.single', { count: nodes.length })}>
      <Disclosure title={t('graph.single', { count: nodes.length })} open={nodes.length <= maxOpenNodes}>
        <table className="sheet-columns">
          <tbody>
            {nodes.map(({ value, type }) => (
              <tr key={value}>
                <th scope="row">
                  <span className="cut" title={value}>
                    {value}
                  </span>
                </th>
                <td>
                  <Select
                    size="xs"
                    aria-label={t('graph.singleType', { name: value })}
                    value={type}
                    data={choices}
                    onChange={(chosen) => chooseNodeType(options, value, chosen)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
    </section>
  );
}

const maxOpenNodes = 12;

export const isUniversityUndecided = (
  { universities }: Graph,
  { university_names }: ImportOptions,
): boolean => universities.some(({ name }) => !university_names.some((choice) => choice.name === name));

/** Asks which university a name in attributes means. */
export function UniversityNames({ graph: { universities }, options }: Props) {
  const { t } = useTexts('transfer');
  const choose = (name: string, chosen: string | null): void => {
    if (chosen === null) return;
    const otherNames = options.university_names.filter((one) => one.name !== name);
    const becomes = chosen === '' ? null : chosen;
    chooseOptions({ university_names: [...otherNames, { name, becomes }] });
  };
  return universities.map(({ name, similar }) => {
    const choice = options.university_names.find((one) => one.name === name);
    return (
      <Select
        key={name}
        size="xs"
        label={t('graph.university', { name })}
        description={t('graph.universityHint')}
        placeholder={t('graph.choose')}
        value={choice ? (choice.becomes ?? '') : null}
        data={[
          ...similar.map((value) => ({ value, label: value })),
          { value: '', label: t('graph.newUniversity') },
        ]}
        onChange={(chosen) => choose(name, chosen)}
      />
    );
  });
}

function UntypedChoice({ count, options }: { count: number; options: ImportOptions }) {
  const { t } = useTexts('transfer');
  return (
    <Select
      size="xs"
      label={t('graph.nodes')}
      description={t('graph.nodesHint', { count })}
      value={options.node_type}
      data={[{ value: 'by_name' as const, label: t('graph.byName') }, ...nodeTypeOptions()]}
      onChange={(value) => value !== null && chooseOptions({ node_type: value })}
    />
  );
}

/** Chooses whether nodes with the names of existing records update these records. */
export function MatchingNodes({ graph: { matched }, options }: Props) {
  const { t } = useTexts('transfer');
  if (matched === 0) return null;
  return (
    <Radio.Group
      label={t('graph.matching', { count: matched })}
      value={options.matching === 'ask' ? '' : options.matching}
      onChange={(chosen) => chooseOptions({ matching: chosen === 'update' ? 'update' : 'create' })}
    >
      <Radio value="update" label={t('decide.force')} />
      <Radio value="create" label={t('decide.create')} />
    </Radio.Group>
  );
}

function AttributeRow({ attribute, options }: { attribute: Attribute; options: ImportOptions }) {
  const { t } = useTexts('transfer');
  const { of, name, count, sample, becomes, rest = false } = attribute;
  const fields = graphFields(of);
  const shares = of === 'edges' ? fieldsOf('interface').filter(({ unit }) => unit === 'percent') : [];
  const isField = becomes !== null && fields.has(becomes);
  const choose = (value: string | null): void => {
    if (value === null) return;
    const [to, field = ''] = value.split(':');
    const target = to === 'ignore' ? null : to === 'own' ? name : field;
    const otherAttributes = options.attributes.filter((one) => one.of !== of || one.name !== name);
    const choice = { of, name, becomes: target, ...(to === 'rest_of' && { rest: true }) };
    chooseOptions({ attributes: [...otherAttributes, choice] });
  };
  return (
    <tr className={becomes === null ? 'sheet-left' : undefined}>
      <th scope="row">
        <span className="cut" title={name}>
          {name}
        </span>
        <small className="dim num">{t(`graph.of.${of}`, { count })}</small>
      </th>
      <td className="dim cut" title={sample}>
        {sample}
      </td>
      <td>
        <Select
          size="xs"
          searchable
          selectFirstOptionOnChange
          nothingFoundMessage={t('sheets:column.noSuch')}
          aria-label={t('sheets:column.label', { name })}
          value={becomes === null ? 'ignore' : isField ? `${rest ? 'rest_of' : 'field'}:${becomes}` : 'own'}
          data={[
            {
              group: t('graph.fields'),
              items: [...fields].map((key) => ({ value: `field:${key}`, label: fieldName(key) })),
            },
            {
              group: t('sheets:column.other'),
              items: [
                { value: 'own', label: capitalised(t('export.own')) },
                { value: 'ignore', label: t('sheets:column.ignore') },
                ...shares.map(({ key }) => ({ value: `rest_of:${key}`, label: restName(key) })),
              ],
            },
          ]}
          onChange={choose}
        />
        {rest && becomes !== null && (
          <p className="tiny dim">{t('sheets:about.rest_of', { field: fieldName(becomes) })}</p>
        )}
      </td>
    </tr>
  );
}

/** The target of each attribute; unfolded if the target of an attribute is not a field of FRAMES, or the rest of one. */
export function AttributeTable({ graph: { attributes }, options }: Props) {
  const { t } = useTexts('transfer');
  if (attributes.length === 0) return null;
  const isDoubtful = attributes.some(
    ({ of, becomes, rest }) => becomes === null || !graphFields(of).has(becomes) || rest === true,
  );
  return (
    <section className={styles.sheetPart} aria-label={t('graph.title')}>
      <Disclosure title={t('graph.title')} open={isDoubtful}>
        <table className="sheet-columns">
          <thead>
            <tr>
              <th scope="col">{t('graph.name')}</th>
              <th scope="col">{t('sheets:column.sample')}</th>
              <th scope="col">{t('sheets:column.target')}</th>
            </tr>
          </thead>
          <tbody>
            {attributes.map((attribute) => (
              <AttributeRow
                key={`${attribute.of} ${attribute.name}`}
                attribute={attribute}
                options={options}
              />
            ))}
          </tbody>
        </table>
      </Disclosure>
    </section>
  );
}
