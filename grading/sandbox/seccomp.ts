/**
 * The system calls that an answer's process may not make, as a filter for the Linux kernel (seccomp, classic BPF). Node
 * needs none of them once it runs: no sockets, no other processes, no signals to them, nothing that changes the system.
 */

/** the number of a call on x64 and on arm64 (`0`: not there) */
type Numbers = readonly [x64: number, arm64: number];
type Calls = Readonly<Record<string, Numbers>>;

/** sockets of any kind */
const network: Calls = {
  socket: [41, 198],
  socketpair: [53, 199],
  connect: [42, 203],
  bind: [49, 200],
  listen: [50, 201],
  accept: [43, 202],
  accept4: [288, 242],
  sendto: [44, 206],
  sendmsg: [46, 211],
  sendmmsg: [307, 269],
};
/** other processes: their memory, their signals, their beginning */
const processes: Calls = {
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  pidfd_open: [434, 434],
  pidfd_getfd: [438, 438],
  pidfd_send_signal: [424, 424],
  kill: [62, 129],
  tkill: [200, 130],
  rt_sigqueueinfo: [129, 138],
  rt_tgsigqueueinfo: [297, 240],
  fork: [57, 0],
  vfork: [58, 0],
  execveat: [322, 281],
  setpriority: [141, 140],
  sched_setaffinity: [203, 122],
};
/** namespaces and mounts, and parts of the kernel with a history of holes */
const system: Calls = {
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  mknodat: [259, 33],
  personality: [135, 92],
  quotactl: [179, 60],
  swapon: [167, 224],
  reboot: [169, 142],
};
/** "no such call": the C library then uses an older one, whose arguments a filter can see */
const absent: Calls = {
  io_uring_setup: [425, 425],
  clone3: [435, 435],
};
const clone: Numbers = [56, 220];

const [LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN] = [0x20, 0x15, 0x35, 0x45, 0x06];
const [KILL, ERROR, ALLOW] = [0x8000_0000, 0x0005_0000, 0x7fff_0000];
const [EPERM, ENOSYS, CLONE_THREAD] = [1, 38, 0x1_0000];
/** where the kernel puts the number of the call, the architecture, and the first argument */
const [NUMBER, ARCHITECTURE, ARGUMENT] = [0, 4, 16];
const machines: Readonly<Record<string, { column: 0 | 1; audit: number }>> = {
  x64: { column: 0, audit: 0xc000_003e },
  arm64: { column: 1, audit: 0xc000_00b7 },
};

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, k: number];

/**
 * The filter for this machine, or `undefined` for an architecture that is not in the table.
 *
 * @param without - parts left open on purpose, for the doctor's tests
 */
export function seccompFilter(
  architecture: string = process.arch,
  without: readonly string[] = [],
): Buffer | undefined {
  const machine = machines[architecture];
  if (machine === undefined) return undefined;
  const { column, audit } = machine;
  const answer = (number: number, result: number): Instruction[] => [
    [EQUAL, 0, 1, number],
    [RETURN, 0, 0, result],
  ];
  const hasProcesses = without.includes("processes");
  const refused = {
    ...(without.includes("network") ? {} : network),
    ...(hasProcesses ? {} : processes),
    ...system,
  };
  // a thread is let through, a process is not
  const threadsOnly: Instruction[] = [
    [EQUAL, 0, 3, clone[column]],
    [LOAD, 0, 0, ARGUMENT],
    [ANY_BIT, 1, 0, CLONE_THREAD],
    [RETURN, 0, 0, ERROR | EPERM],
  ];
  const program: Instruction[] = [
    [LOAD, 0, 0, ARCHITECTURE],
    [EQUAL, 1, 0, audit],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, NUMBER],
    // the second set of numbers that x64 has
    ...(column === 0
      ? ([
          [AT_LEAST, 0, 1, 0x4000_0000],
          [RETURN, 0, 0, KILL],
        ] as Instruction[])
      : []),
    ...Object.values(refused).flatMap((n) => (n[column] === 0 ? [] : answer(n[column], ERROR | EPERM))),
    ...Object.values(absent).flatMap((n) => answer(n[column], ERROR | ENOSYS)),
    ...(hasProcesses ? [] : threadsOnly),
    [RETURN, 0, 0, ALLOW],
  ];
  const bytes = Buffer.alloc(8 * program.length);
  program.forEach(([code, ifTrue, ifFalse, k], i) => {
    bytes.writeUInt16LE(code, 8 * i);
    bytes.writeUInt8(ifTrue, 8 * i + 2);
    bytes.writeUInt8(ifFalse, 8 * i + 3);
    bytes.writeUInt32LE(k >>> 0, 8 * i + 4);
  });
  return bytes;
}
