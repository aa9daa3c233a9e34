/** Manifests of virtual machines: YAML and JSON of strangers, and machines that cannot be. */
import { mkdirSync } from 'node:fs';
import { bad, good, type HostileCase } from '../hostile-case.ts';

const args = '--manifest vm';
const manifest = (name: string, text: string | Uint8Array): HostileCase => bad(name, args, { vm: text });
const fine = (name: string, text: string | Uint8Array): HostileCase => good(name, args, { vm: text });
const virtink = (spec: string): string =>
  `apiVersion: virt.virtink.smartx.com/v1alpha1\nkind: VirtualMachine\nmetadata: { name: web }\nspec:\n${spec}`;
const sound = virtink(
  '  instance:\n    memory: { size: 1Gi }\n    kernel: { image: a, cmdline: "console=ttyS0 root=/dev/vda rw" }\n    disks: [ { name: u } ]\n  volumes: [ { name: u, containerRootfs: { image: b, size: 4Gi } } ]\n',
);
const firecracker = (more: string): string =>
  `{"boot-source":{"kernel_image_path":"vmlinux","boot_args":"console=ttyS0 reboot=k panic=1 pci=off"},"drives":[{"drive_id":"rootfs","path_on_host":"a.ext4","is_root_device":true,"is_read_only":false}]${more}}`;
const laughs = `a: &a [${'x, '.repeat(9)}]\n${Array.from({ length: 20 }, (_, i) => `k${i}: &${String.fromCharCode(98 + i)} [${`*${String.fromCharCode(97 + i)}, `.repeat(9)}]`).join('\n')}\n`;

export const manifestCases: readonly HostileCase[] = [
  manifest('an empty manifest', ''),
  manifest('blanks', ' \n\n'),
  manifest('prose', 'dear diary\n'),
  manifest('a config', 'CONFIG_A=y\n'),
  manifest('noise', Buffer.from([0x80, 0xff, 0, 1, 2, 0x9b])),
  manifest('a manifest of something else', 'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n'),
  manifest('JSON that is cut off', '{"boot-source": {'),
  manifest('JSON with a comma too many', '{"boot-source": {},}'),
  manifest('JSON with a comment', '{ // x\n"boot-source": {}}'),
  manifest('JSON with a key twice', '{"boot-source":{"kernel_image_path":"a","kernel_image_path":"b"}}'),
  manifest('JSON a hundred thousand deep', `{"drives":${'['.repeat(100_000)}`),
  manifest('JSON with a control character in a string', '{"boot-source":{"kernel_image_path":"a\u0001b"}}'),
  manifest('JSON with half of a surrogate pair', '{"boot-source":{"kernel_image_path":5,"x":"\\ud800"}}'),
  manifest('two JSON documents', '{"boot-source":{}}{"boot-source":{}}'),
  manifest('more than 1 MiB of JSON', `{"boot-source":{"kernel_image_path":"${'x'.repeat(1 << 20)}"}}`),
  manifest('more than 200,000 values', `{"drives":[${'1,'.repeat(200_001)}1]}`),
  manifest('YAML that is not closed', 'apiVersion: { a\n'),
  manifest('brackets a hundred thousand deep', `apiVersion: ${'['.repeat(5000)}`),
  manifest('an alias before its anchor', virtink('  instance: *x\n')),
  manifest('an alias to itself', virtink('  instance: &x { kernel: *x }\n')),
  manifest('a key twice', virtink('  instance: { cpu: {}, cpu: {} }\n')),
  manifest('a key that is a list', virtink('  ? [a, b]\n  : c\n')),
  manifest('a billion laughs and no machine', laughs),
  manifest('more documents than anybody has', '---\na: 1\n'.repeat(1000)),
  manifest('a tag', virtink('  instance: !!js/function "x"\n')),
  manifest('a machine without a kernel', virtink('  instance: { disks: 5 }\n')),
  manifest('a machine of the wrong kinds', virtink('  instance: [a, b]\n  volumes: c\n')),
  manifest(
    'memory of letters',
    virtink('  instance:\n    memory: { size: lots }\n    kernel: { image: a, cmdline: "root=/dev/vda" }\n'),
  ),
  manifest('a field that there is not', sound.replace('disks:', 'disk:')),
  manifest(
    'escape sequences in a name',
    virtink('  instance:\n    kernel: { image: a, cmdline: "quite \\e[2J" }\n    "\\e[31mred": 1\n'),
  ),
  manifest(
    'a workflow command in a field',
    virtink('  instance:\n    kernel: { image: a, cmdline: "root=/dev/vda" }\n    "\\n::error::forged": 1\n'),
  ),
  manifest('Firecracker without a kernel', '{"boot-source":{"boot_args":"console=ttyS0"},"drives":[]}'),
  manifest('Firecracker with a field that there is not', firecracker(',"shell":"rm -rf /"')),
  manifest('Firecracker with the key __proto__', firecracker(',"__proto__":{"polluted":1}')),
  manifest('xl.cfg with a string that is not closed', 'name = "web\nkernel = "/boot/vmlinuz"\n'),
  manifest('xl.cfg with a list that is not closed', 'kernel = "/boot/vmlinuz"\ndisk = [ "a",\n'),
  manifest('xl.cfg with a list a thousand deep', `kernel = "a"\ndisk = ${'['.repeat(1000)}${']'.repeat(1000)}\n`),
  manifest('xl.cfg with a program in it', 'kernel = "/boot/vmlinuz"\nimport os\nos.system("touch PWNED")\n'),
  manifest(
    'a command of cloud-hypervisor that is not closed',
    'cloud-hypervisor --kernel vmlinux --cmdline "root=/dev/vda\n',
  ),
  manifest(
    'a command of cloud-hypervisor with an option that there is not',
    'cloud-hypervisor --kernel vmlinux --shell x --cmdline "console=hvc0 root=/dev/vda"\n',
  ),
  bad('a manifest that is not there', args, {}),
  bad('a manifest that is a folder', args, {}, { make: () => mkdirSync('vm') }),
  bad('a manifest without an end', '--manifest /dev/zero', {}),
  bad('a good manifest and a bad one', '--manifest vm --manifest other', { vm: sound, other: 'dear diary\n' }),
  bad('a bad manifest beside a good config', 'x.config --manifest vm', { vm: '{', 'x.config': 'CONFIG_A=y\n' }),

  fine('a machine of Virtink', sound),
  fine('a machine of Firecracker', firecracker(',"machine-config":{"vcpu_count":2,"mem_size_mib":1024}')),
  fine(
    'aliases that stand for something',
    sound
      .replace('{ size: 1Gi }', '&m { size: 1Gi }')
      .replace('kind:', 'x: *m\nkind:')
      .replace(/x: \*m\n/, ''),
  ),
  fine('line ends of Windows', sound.replaceAll('\n', '\r\n')),
  fine('a machine beside other documents', `apiVersion: v1\nkind: Secret\ndata: { a: "<script>" }\n---\n${sound}`),
];
