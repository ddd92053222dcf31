package main

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"ewgwatch/alert/send/mail"
)

// smtp is the mail server of config.yaml.
type smtp struct {
	Host     string `yaml:"host"`
	Port     int    `yaml:"port"`
	TLS      string `yaml:"tls"` // starttls, tls or none
	User     string `yaml:"user"`
	Password string `yaml:"password"` // env:NAME or file:PATH
	From     string `yaml:"from"`
	DKIM     struct {
		Domain   string `yaml:"domain"`
		Selector string `yaml:"selector"`
		Key      string `yaml:"key"` // env:NAME or file:PATH of a PEM file
	} `yaml:"dkim"`
}

// UnmarshalYAML reads a mail server. An error names line and column, and no secret.
func (s *smtp) UnmarshalYAML(node ast.Node) error {
	type plain smtp
	var read plain
	if err := yaml.NodeToValue(node, &read, yaml.Strict()); err != nil {
		return errors.New(yaml.FormatError(err, false, false))
	}
	*s = smtp(read)
	err := mail.Check(s.options())
	for _, reference := range []struct{ key, text string }{{"password", s.Password}, {"dkim: key", s.DKIM.Key}} {
		if err == nil && reference.text != "" && !strings.HasPrefix(reference.text, "env:") && !strings.HasPrefix(reference.text, "file:") {
			err = fmt.Errorf("smtp: %s: want env:NAME or file:PATH, have something else", reference.key)
		}
	}
	if err != nil {
		at := node.GetToken().Position
		return fmt.Errorf("[%d:%d] %w", at.Line, at.Column, err)
	}
	return nil
}

func (s *smtp) options() mail.Options {
	return mail.Options{
		Host: s.Host, Port: s.Port, TLS: mail.TLS(s.TLS), User: s.User, Password: s.Password, From: s.From,
		DKIM: mail.DKIM{Domain: s.DKIM.Domain, Selector: s.DKIM.Selector, Key: s.DKIM.Key},
	}
}

// mail is how mails are sent, where config.yaml names a server.
func (s settings) mail() mail.Options {
	if s.SMTP == nil {
		return mail.Options{}
	}
	o := s.SMTP.options()
	if u, err := url.Parse(s.Unsubscribe); err == nil && (u.Scheme == "mailto" || u.Scheme == "https") {
		o.Unsubscribe = []string{s.Unsubscribe}
	}
	return o
}
