package system

import "os"

// ValidateFile runs the kernel part of the validator on one config and prints the report that kubeadm prints.
func ValidateFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	validator := KernelValidator{Reporter: &StreamReporter{WriteStream: os.Stdout}}
	options, err := validator.parseKernelConfig(file)
	if err != nil {
		return err
	}
	return validator.validateCachedKernelConfig(options, DefaultSysSpec.KernelSpec)
}
