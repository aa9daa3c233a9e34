// Package main runs the kernel part of kubeadm's validators on the configs that it is given.
package main

import (
	"fmt"
	"os"

	system "k8s.io/system-validators/validators"
)

func main() {
	status := 0
	for _, path := range os.Args[1:] {
		if err := system.ValidateFile(path); err != nil {
			fmt.Println(err)
			status = 1
		}
	}
	os.Exit(status)
}
