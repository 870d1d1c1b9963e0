import { Handle, Position } from 'reactflow';
import type { ReactElement } from 'react';
import {
  FIRST_PORT_TOP,
  FIRST_SIDE_PORT_LEFT,
  PORT_STEP,
  SIDE_PORT_STEP,
  SMALL_NODE_PORT_TOP,
} from '../../app/arrange/node-sizes.ts';
import { portKey, useConnecting } from '../../app/document-connecting.ts';
import { isMainOutput } from '../../app/main-output.ts';
import { useAnalysis } from '../../app/document-analysis.ts';
import { acceptedWords, streamHint } from '../../app/stream-words.ts';
import type { InputPort, NodeFace, OutputPort } from '../../stream/node-definition.ts';
import styles from './operator-node.module.css';

interface NodePortsProps {
  readonly nodeId: string;
  readonly name: string;
  readonly face: NodeFace;
  readonly isSmall: boolean;
}

export function NodePorts({ nodeId, name, face, isSmall }: NodePortsProps): ReactElement {
  const top = isSmall ? SMALL_NODE_PORT_TOP : FIRST_PORT_TOP;
  const main = face.outputs.filter((port) => isMainOutput(face, port));
  const side = face.outputs.filter((port) => !main.includes(port));
  return (
    <>
      {face.inputs.map((port, index) => (
        <InputHandle key={port.name} nodeId={nodeId} name={name} port={port} top={top + index * PORT_STEP} />
      ))}
      {main.map((port, index) => (
        <OutputHandle
          key={port.name}
          nodeId={nodeId}
          name={name}
          port={port}
          top={FIRST_PORT_TOP + index * PORT_STEP}
        />
      ))}
      {side.map((port, index) => (
        <OutputHandle
          key={port.name}
          nodeId={nodeId}
          name={name}
          port={port}
          left={FIRST_SIDE_PORT_LEFT + index * SIDE_PORT_STEP}
        />
      ))}
    </>
  );
}

interface InputHandleProps {
  readonly nodeId: string;
  readonly name: string;
  readonly port: InputPort;
  readonly top: number;
}

function InputHandle({ nodeId, name, port, top }: InputHandleProps): ReactElement {
  const legal = useConnecting((state) => state.legality(portKey(nodeId, port.name)));
  const arriving = useAnalysis(
    (state) => state.streams.get(nodeId)?.inputs.find((input) => input.port.name === port.name)?.type?.changes,
  );
  const alone = port.accepts.includes('append') ? 'append' : (port.accepts[0] ?? 'append');
  return (
    <Handle
      type="target"
      position={Position.Left}
      id={port.name}
      className={styles['port'] ?? ''}
      style={{ top }}
      role="img"
      aria-label={`${name}: input ${port.title}`}
      title={`input ${port.title}: takes ${acceptedWords(port.accepts)}`}
      data-side="in"
      data-port={port.name}
      data-changes={arriving ?? alone}
      data-legal={legal}
    />
  );
}

interface OutputHandleProps {
  readonly nodeId: string;
  readonly name: string;
  readonly port: OutputPort;
  /** Of a port at the right side. */
  readonly top?: number;
  /** Of a port beneath the node. */
  readonly left?: number;
}

function OutputHandle({ nodeId, name, port, top, left }: OutputHandleProps): ReactElement {
  const type = useAnalysis((state) => state.streams.get(nodeId)?.outputs[port.name]);
  const isSide = top === undefined;
  const legal = useConnecting((state) => state.legality(portKey(nodeId, port.name)));
  return (
    <Handle
      type="source"
      position={isSide ? Position.Bottom : Position.Right}
      id={port.name}
      className={styles['port'] ?? ''}
      style={isSide ? { left } : { top }}
      role="img"
      aria-label={`${name}: output ${port.title}`}
      title={type === undefined ? `output ${port.title}` : `output ${port.title}: ${streamHint(type)}`}
      data-side={!isSide ? 'out' : port.name === 'late' ? 'late' : 'rejected'}
      data-port={port.name}
      data-changes={type?.changes ?? 'append'}
      data-legal={legal}
    />
  );
}
